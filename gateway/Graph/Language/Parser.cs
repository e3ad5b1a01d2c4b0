namespace CrmPlatform.Graph.Language;

/// <summary>How much a document may be.</summary>
/// <param name="Characters">Its length.</param>
/// <param name="Tokens">How many words and signs it has.</param>
/// <param name="Depth">How many levels of fields, lists or objects stand in each other.</param>
public sealed record ParseLimits(int Characters = 200_000, int Tokens = 20_000, int Depth = 100);

/// <summary>Reads documents: operations, fragments and definitions of types, by the grammar of October 2021.</summary>
public sealed partial class Parser
{
    private readonly string text;
    private readonly ParseLimits limits;
    private Token token;
    private int tokens;
    private int depth;

    private Parser(string text, ParseLimits limits)
    {
        (this.text, this.limits) = (text, limits);
        if (text.Length > limits.Characters)
            throw new GraphException(new($"A document may have {limits.Characters} characters.", Codes.TooMuch));
    }

    /// <summary>Reads a document, or throws what is wrong with it.</summary>
    public static Document Read(string text, ParseLimits? limits = null)
    {
        var parser = new Parser(text, limits ?? new());
        parser.Advance();
        var definitions = new List<Definition>();
        do
            definitions.Add(parser.Definition());
        while (!parser.Take(TokenKind.End));
        return new(text, definitions);
    }

    /// <summary>Reads a single value without variables.</summary>
    public static ValueNode ReadValue(string text, ParseLimits? limits = null)
    {
        var parser = new Parser(text, limits ?? new());
        parser.Advance();
        var value = parser.Value(constant: true);
        parser.Expect(TokenKind.End);
        return value;
    }

    private Definition Definition()
    {
        if (token.Kind == TokenKind.OpenBrace)
            return Operation();
        var described = token.Kind is TokenKind.String or TokenKind.BlockString;
        var keyword = described ? Ahead() : token;
        if (described && keyword.Kind == TokenKind.OpenBrace)
            throw Wrong(token.Start, "Unexpected description, descriptions are not supported on shorthand queries.");
        switch (Word(keyword))
        {
            case "query" or "mutation" or "subscription":
                return Operation();
            case "fragment":
                return Fragment();
            case "schema" or "scalar" or "type" or "interface" or "union" or "enum" or "input" or "directive":
                return TypeDefinition(extends: false);
            case "extend" when !described:
                return TypeDefinition(extends: true);
            default:
                throw described && keyword.Kind == TokenKind.Name
                    ? Wrong(token.Start, "Unexpected description, only GraphQL definitions support descriptions.") : Unexpected(keyword);
        }
    }

    private Operation Operation()
    {
        var start = token.Start;
        if (token.Kind == TokenKind.OpenBrace)
            return new(start, OperationKind.Query, null, Selections());
        Description();
        var kind = OperationWord();
        var name = token.Kind == TokenKind.Name ? Name() : null;
        var variables = Optional(TokenKind.OpenParen, TokenKind.CloseParen, p => p.Variable());
        var directives = Directives(constant: false);
        return new(start, kind, name, Selections()) { Variables = variables, Directives = directives };
    }

    private OperationKind OperationWord()
    {
        var word = Expect(TokenKind.Name);
        return Word(word) switch
        {
            "query" => OperationKind.Query,
            "mutation" => OperationKind.Mutation,
            "subscription" => OperationKind.Subscription,
            _ => throw Unexpected(word),
        };
    }

    private Variable Variable()
    {
        var start = token.Start;
        Description();
        var variable = VariableName();
        Expect(TokenKind.Colon);
        var type = Type();
        var otherwise = Take(TokenKind.Equal) ? Value(constant: true) : null;
        return new(start, variable, type, otherwise) { Directives = Directives(constant: true) };
    }

    private Fragment Fragment()
    {
        var start = token.Start;
        Description();
        Keyword("fragment");
        var name = FragmentName();
        Keyword("on");
        var on = NamedType();
        var directives = Directives(constant: false);
        return new(start, name, on, Selections()) { Directives = directives };
    }

    private SelectionSet Selections()
    {
        Deeper();
        var set = new SelectionSet(token.Start, Many(TokenKind.OpenBrace, TokenKind.CloseBrace, p => p.Selection()));
        depth--;
        return set;
    }

    private Selection Selection()
    {
        var start = token.Start;
        if (!Take(TokenKind.Spread))
            return Field(start);
        var conditional = TakeKeyword("on");
        if (!conditional && token.Kind == TokenKind.Name)
            return new Spread(start, FragmentName()) { Directives = Directives(constant: false) };
        var on = conditional ? NamedType() : null;
        var directives = Directives(constant: false);
        return new Inline(start, on, Selections()) { Directives = directives };
    }

    private FieldNode Field(int start)
    {
        var name = Name();
        Name? alias = null;
        if (Take(TokenKind.Colon))
            (alias, name) = (name, Name());
        var arguments = Arguments(constant: false);
        var directives = Directives(constant: false);
        var selections = token.Kind == TokenKind.OpenBrace ? Selections() : null;
        return new(start, alias, name, selections) { Arguments = arguments, Directives = directives };
    }

    private IReadOnlyList<Argument> Arguments(bool constant) => constant
        ? Optional(TokenKind.OpenParen, TokenKind.CloseParen, p => p.Argument(constant: true))
        : Optional(TokenKind.OpenParen, TokenKind.CloseParen, p => p.Argument(constant: false));

    private Argument Argument(bool constant)
    {
        var name = Name();
        Expect(TokenKind.Colon);
        return new(name.Start, name, Value(constant));
    }

    private IReadOnlyList<Directive> Directives(bool constant)
    {
        if (token.Kind != TokenKind.At)
            return [];
        var all = new List<Directive>();
        while (token.Kind == TokenKind.At)
        {
            var start = Expect(TokenKind.At).Start;
            all.Add(new(start, Name(), Arguments(constant)));
        }
        return all;
    }

    private Name FragmentName() => Word(token) is "on" ? throw Unexpected(token) : Name();

    // A description of an operation says something to its readers only.
    private string? Description() => token.Kind is TokenKind.String or TokenKind.BlockString ? String().Text : null;
}
