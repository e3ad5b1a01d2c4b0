namespace CrmPlatform.Query.Syntax;

/// <summary>Lists: after <c>has</c>, and after <c>in</c>.</summary>
internal sealed partial class Parser
{
    private Node Has(Node left)
    {
        foreach (var mode in (string[])["any", "all"])
            if (Take(mode))
                return Members(left, "has " + mode);
        var right = Arithmetical(0);
        return Counted(new Binary(left.At.To(right.At), "has", left, right));
    }

    private Node Members(Node left, string word)
    {
        if (!token.Is("(") && word is "in" or "not in" && token.Kind == TokenKind.Name && Words.IsValue(token.Text))
        {
            var only = Primary();
            return Counted(new Membership(left.At.To(only.At), word, left, [only]));
        }
        Expect("(", $"`(` and a list after `{word}`");
        List<Node> items = [];
        do
        {
            if (items.Count == limits.ListItems)
                throw Limits.Exceeded(token.At, $"A list has at most {limits.ListItems} members.");
            items.Add(Arithmetical(0));
            if (items[^1] is Literal or Word)
                nodes--;
        }
        while (Take(","));
        return Counted(new Membership(left.At.To(Expect(")", "`,` or `)`").At), word, left, items));
    }
}
