namespace CrmPlatform.Graph.Language;

/// <content>Values, types, and the words between them.</content>
public sealed partial class Parser
{
    private ValueNode Value(bool constant)
    {
        var here = token;
        switch (here.Kind)
        {
            case TokenKind.OpenBracket:
                Deeper();
                Advance();
                var items = new List<ValueNode>();
                while (!Take(TokenKind.CloseBracket))
                    items.Add(Value(constant));
                depth--;
                return new ListNode(here.Start, items);
            case TokenKind.OpenBrace:
                Deeper();
                Advance();
                var fields = new List<ObjectFieldNode>();
                while (!Take(TokenKind.CloseBrace))
                    fields.Add(ObjectField(constant));
                depth--;
                return new ObjectNode(here.Start, fields);
            case TokenKind.Int:
                Advance();
                return new IntNode(here.Start, Text(here).ToString());
            case TokenKind.Float:
                Advance();
                return new FloatNode(here.Start, Text(here).ToString());
            case TokenKind.String or TokenKind.BlockString:
                return String();
            case TokenKind.Name:
                Advance();
                return Text(here) switch
                {
                    "true" => new BooleanNode(here.Start, true),
                    "false" => new BooleanNode(here.Start, false),
                    "null" => new NullNode(here.Start),
                    var word => new EnumNode(here.Start, word.ToString()),
                };
            case TokenKind.Dollar when constant:
                Advance();
                throw token.Kind == TokenKind.Name
                    ? Wrong(here.Start, $"Unexpected variable \"${Text(token)}\" in constant value.") : Unexpected(here);
            case TokenKind.Dollar:
                return VariableName();
            default:
                throw Unexpected(here);
        }
    }

    private ObjectFieldNode ObjectField(bool constant)
    {
        var name = Name();
        Expect(TokenKind.Colon);
        return new(name.Start, name, Value(constant));
    }

    private VariableNode VariableName()
    {
        var start = Expect(TokenKind.Dollar).Start;
        return new(start, Name());
    }

    private StringNode String()
    {
        var here = token;
        Advance();
        var block = here.Kind == TokenKind.BlockString;
        return new(here.Start, Escapes.Value(Text(here), block), block);
    }

    private TypeNode Type()
    {
        var start = token.Start;
        TypeNode type;
        if (Take(TokenKind.OpenBracket))
        {
            Deeper();
            type = new ListTypeNode(start, Type());
            depth--;
            Expect(TokenKind.CloseBracket);
        }
        else
            type = NamedType();
        return Take(TokenKind.Bang) ? new NonNullTypeNode(start, type) : type;
    }

    private NamedTypeNode NamedType() => new(token.Start, Name());

    private Name Name()
    {
        var here = Expect(TokenKind.Name);
        return new(here.Start, Text(here).ToString());
    }

    private IReadOnlyList<T> Many<T>(TokenKind open, TokenKind close, Func<Parser, T> one)
    {
        Expect(open);
        return Rest(close, one);
    }

    private IReadOnlyList<T> Optional<T>(TokenKind open, TokenKind close, Func<Parser, T> one) => Take(open) ? Rest(close, one) : [];

    private List<T> Rest<T>(TokenKind close, Func<Parser, T> one)
    {
        var all = new List<T>();
        do
            all.Add(one(this));
        while (!Take(close));
        return all;
    }

    private List<T> Between<T>(TokenKind sign, Func<Parser, T> one)
    {
        Take(sign); // before the first, for the looks
        var all = new List<T>();
        do
            all.Add(one(this));
        while (Take(sign));
        return all;
    }

    private void Advance()
    {
        token = new Lexer(text).Next(token.End);
        if (token.Kind != TokenKind.End && ++tokens > limits.Tokens)
            throw TooMuch($"{limits.Tokens} words and signs");
    }

    private Token Ahead() => new Lexer(text).Next(token.End);

    private void Deeper()
    {
        if (++depth > limits.Depth)
            throw TooMuch($"{limits.Depth} levels");
    }

    private Token Expect(TokenKind kind)
    {
        var here = token;
        if (here.Kind != kind)
            throw Wrong(here.Start, $"Expected {Token.Words(kind)}, found {Shown(here)}.");
        if (kind != TokenKind.End)
            Advance();
        return here;
    }

    private bool Take(TokenKind kind)
    {
        if (token.Kind != kind)
            return false;
        Advance();
        return true;
    }

    private void Keyword(string word)
    {
        if (!TakeKeyword(word))
            throw Wrong(token.Start, $"Expected \"{word}\", found {Shown(token)}.");
    }

    private bool TakeKeyword(string word)
    {
        if (token.Kind != TokenKind.Name || !Text(token).SequenceEqual(word))
            return false;
        Advance();
        return true;
    }

    private ReadOnlySpan<char> Word(Token one) => one.Kind == TokenKind.Name ? Text(one) : default;

    private ReadOnlySpan<char> Text(Token one) => text.AsSpan(one.Start, one.End - one.Start);

    private string Shown(Token one) => one.Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{Token.Words(one.Kind)} \"{Text(one)}\"",
        _ => Token.Words(one.Kind),
    };

    private GraphException Unexpected(Token one) => Wrong(one.Start, $"Unexpected {Shown(one)}.");

    private GraphException TooMuch(string what) =>
        new(new($"A document may have {what}.", Codes.TooMuch) { Locations = [Location.Of(text, token.Start)] });

    private GraphException Wrong(int at, string message) =>
        new(new($"Syntax Error: {message}", Codes.Syntax) { Locations = [Location.Of(text, at)] });
}
