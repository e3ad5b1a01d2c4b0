namespace CrmPlatform.Query;

/// <summary>A name that stands for what a formula makes of the row: it is read like a field, and means what is written in the formula.</summary>
public sealed record Computed : Member
{
    private readonly Lazy<(Formula? Formula, string? Problem)> read;

    /// <summary>Names a formula.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">What it gives.</param>
    /// <param name="text">The formula.</param>
    /// <param name="over">What it speaks of; asked late, because formulas use each other.</param>
    public Computed(string name, Kind kind, string text, Func<Shape> over)
        : base(name)
    {
        (Kind, Text, Over) = (kind, text, over);
        read = new(Read, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What it gives.</summary>
    public Kind Kind { get; }

    /// <summary>The formula.</summary>
    public string Text { get; }

    /// <summary>What it can be asked with; null where it means nothing to this caller, to whom it is as if it were not there.</summary>
    public Formula? Formula => read.Value.Formula;

    /// <summary>Why it means nothing.</summary>
    public string? Problem => read.Value.Problem;

    internal Func<Shape> Over { get; }

    /// <summary>Whether both are the same name of the same shape.</summary>
    internal bool IsSameAs(Computed other) => Name == other.Name && ReferenceEquals(Over(), other.Over());

    private (Formula?, string?) Read()
    {
        try
        {
            var formula = Formula.Parse(this);
            return formula.Kind == Kind ? (formula, null) : (null, $"It gives {Meaning.Names.Of(formula.Kind)} now, not {Meaning.Names.Of(Kind)}.");
        }
        catch (QueryException e)
        {
            return (null, e.Message);
        }
    }
}
