namespace CrmPlatform.Query.Syntax;

/// <summary>
/// Builds the tree, by falling precedence: or, and, not, comparison, &amp;, + -, * / %, sign, value.
/// </summary>
internal sealed partial class Parser
{
    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">=", "~", "!~"];
    private static readonly string[][] Arithmetic = [["&"], ["+", "-"], ["*", "/", "%"]];

    private readonly Lexer lexer;
    private readonly Limits limits;
    private Token token;
    private int depth;
    private int nodes;

    private Parser(string text, Limits limits)
    {
        if (text.Length > limits.Length)
            throw Limits.Exceeded(
                new(limits.Length, text.Length - limits.Length), $"The expression is longer than {limits.Length} characters.");
        (lexer, this.limits) = (new Lexer(text), limits);
        token = lexer.Next();
    }

    public static Node Parse(string text, Limits limits)
    {
        var parser = new Parser(text, limits);
        var node = parser.Expression();
        if (parser.token.Kind != TokenKind.End)
            throw parser.Unexpected($"{(node is FieldPath or Literal or Word ? "an operator, " : "")}`and`, `or` or the end");
        return node;
    }

    private Node Expression()
    {
        if (++depth > limits.Depth)
            throw Limits.Exceeded(token.At, $"Nothing may be nested deeper than {limits.Depth} times.");
        var node = Joined("or", () => Joined("and", Negation));
        depth--;
        return node;
    }

    private Node Joined(string word, Func<Node> operand)
    {
        var first = operand();
        if (!token.Is(word))
            return first;
        List<Node> operands = [first];
        while (Take(word))
            operands.Add(operand());
        // What was said in parentheses and means the same without them is one list.
        var flat = operands.SelectMany(o => o is Junction j && j.Operator == word ? j.Operands : [o]).ToList();
        return Counted(new Junction(first.At.To(operands[^1].At), word, flat));
    }

    private Node Negation()
    {
        var start = token.At;
        if (!Take("not"))
            return Comparison();
        if (++depth > limits.Depth)
            throw Limits.Exceeded(start, $"Nothing may be nested deeper than {limits.Depth} times.");
        var operand = Negation();
        depth--;
        return Counted(new Unary(start.To(operand.At), "not", operand));
    }

    private Node Comparison()
    {
        var left = Arithmetical(0);
        var word = token.Text;
        if (token.Kind == TokenKind.Symbol && Comparisons.Contains(word))
        {
            Advance();
            if (word is "=" or "!=" && token.Is("null"))
                return Counted(new NullTest(left.At.To(Advance().At), left, word == "!="));
            var right = Arithmetical(0);
            return Counted(new Binary(left.At.To(right.At), word, left, right));
        }
        if (Take("is"))
        {
            var negated = Take("not");
            return Counted(new NullTest(left.At.To(Expect("null").At), left, negated));
        }
        if (Take("has"))
            return Has(left);
        var not = Take("not");
        if (Take("in"))
            return Members(left, not ? "not in" : "in");
        if (Take("between"))
        {
            var low = Arithmetical(0);
            Expect("and");
            var high = Arithmetical(0);
            return Counted(new Between(left.At.To(high.At), left, low, high, not));
        }
        return not ? throw Unexpected("`in` or `between` after `not`") : left;
    }

    private Node Counted(Node node) => ++nodes > limits.Nodes
        ? throw Limits.Exceeded(node.At, $"The expression has more than {limits.Nodes} parts.")
        : node;

    private Token Advance()
    {
        var taken = token;
        token = lexer.Next();
        return taken;
    }

    private bool Take(string word)
    {
        if (!token.Is(word))
            return false;
        Advance();
        return true;
    }

    private Token Expect(string word, string? what = null) => token.Is(word) ? Advance() : throw Unexpected(what ?? $"`{word}`");

    private QueryException Unexpected(string expected) => new(QueryFault.Syntax, token.At, $"Expected {expected}, found {token.Shown}.");
}
