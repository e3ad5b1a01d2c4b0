namespace CrmPlatform.Query.Syntax;

/// <summary>Values: arithmetic, signs, literals, fields, functions.</summary>
internal sealed partial class Parser
{
    private Node Arithmetical(int level)
    {
        if (level == Arithmetic.Length)
            return Signed();
        var left = Arithmetical(level + 1);
        while (token.Kind == TokenKind.Symbol && Arithmetic[level].Contains(token.Text))
        {
            var sign = Advance().Text;
            var right = Arithmetical(level + 1);
            left = Counted(new Binary(left.At.To(right.At), sign, left, right));
        }
        return left;
    }

    private Node Signed()
    {
        var sign = token;
        if (!Take("-") && !Take("+"))
            return Primary();
        if (++depth > limits.Depth)
            throw Limits.Exceeded(sign.At, $"Nothing may be nested deeper than {limits.Depth} times.");
        var operand = Signed();
        depth--;
        var at = sign.At.To(operand.At);
        return operand switch
        {
            Literal { Value: decimal n } => new Literal(at, sign.Text == "-" ? -n : n),
            Literal { Value: Money m } => new Literal(at, sign.Text == "-" ? m with { Amount = -m.Amount } : m),
            _ => Counted(new Unary(at, sign.Text, operand)),
        };
    }

    private Node Primary()
    {
        var start = token;
        switch (token.Kind)
        {
            case TokenKind.Value:
                Advance();
                return Counted(start.Value is decimal n && IsCurrency(token)
                    ? new Literal(start.At.To(token.At), new Money(n, Advance().Text))
                    : new Literal(start.At, start.Value));
            case TokenKind.Symbol when Take("("):
                var inside = Expression();
                Expect(")", "`)`");
                return inside;
            case TokenKind.Name when Words.IsReserved(token.Text):
                if (!Words.IsLiteral(token.Text))
                    break;
                Advance();
                return Counted(new Literal(start.At, start.Is("null") ? null : start.Is("true")));
            case TokenKind.Name when Words.IsValue(token.Text):
                Advance();
                if (Take("("))
                    return Counted(new Word(start.At.To(Expect(")", "`)`").At), start.Text.ToLowerInvariant()));
                return Counted(new Word(start.At, start.Text.ToLowerInvariant()));
            case TokenKind.Name or TokenKind.QuotedName:
                return Named();
        }
        throw Unexpected("a field, a value or `(`");
    }

    private Node Named()
    {
        var first = Advance();
        if (first.Kind == TokenKind.Name && Take("("))
            return Arguments(first);
        List<Name> names = [new(first.At, first.Text)];
        while (Take("."))
        {
            if (token.Kind is not (TokenKind.Name or TokenKind.QuotedName))
                throw Unexpected("a field after `.`");
            names.Add(new(token.At, Advance().Text));
            nodes++;
        }
        return Counted(new FieldPath(first.At.To(names[^1].At), names));
    }

    private Node Arguments(Token function)
    {
        List<Node> arguments = [];
        if (!token.Is(")"))
            do
                arguments.Add(Expression());
            while (Take(","));
        var end = Expect(")", "`,` or `)`").At;
        return Counted(new Call(function.At.To(end), new(function.At, function.Text.ToLowerInvariant()), arguments));
    }

    private static bool IsCurrency(Token token) =>
        token is { Kind: TokenKind.Name, Text.Length: 3 } && token.Text.All(char.IsAsciiLetterUpper) && !Words.IsReserved(token.Text);
}
