namespace CrmPlatform.Query;

/// <summary>How large an expression may be, so that nobody can stall a service with one.</summary>
public sealed record Limits
{
    /// <summary>What requests are held to.</summary>
    public static readonly Limits Usual = new();

    /// <summary>Characters of the whole text.</summary>
    public int Length { get; init; } = 50_000;

    /// <summary>Parts of the expression, members of lists aside.</summary>
    public int Nodes { get; init; } = 400;

    /// <summary>Parentheses, functions and negations inside each other.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>References a path leads through.</summary>
    public int Hops { get; init; } = 10;

    /// <summary>Formulas that use each other, one inside the other.</summary>
    public int Formulas { get; init; } = 8;

    /// <summary>Members of one list.</summary>
    public int ListItems { get; init; } = 1_000;

    /// <summary>Wildcards of one pattern.</summary>
    public int Wildcards { get; init; } = 10;

    /// <summary>
    /// What evaluating a row may cost: a part 1, a hop to another record 5, children or an unanchored pattern 20, and eight times
    /// what is asked of each child. So children of children can be asked about, and no more.
    /// </summary>
    public int Cost { get; init; } = 2_000;

    internal static QueryException Exceeded(Span at, string message) => new(QueryFault.Limit, at, message);
}
