namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>An object of the answer: what it was made of, what is asked of it, and the answers.</summary>
public sealed class Answered
{
    private readonly Place? place;

    internal Answered(object source, Place? place) => (Source, this.place) = (source, place);

    /// <summary>What it was made of.</summary>
    public object Source { get; }

    /// <summary>What is asked of it.</summary>
    public IReadOnlyList<Selected> Fields { get; internal set; } = [];

    /// <summary>The answers, in the order of the fields: objects, arrays, values, null.</summary>
    public object?[] Values { get; internal set; } = [];

    internal IReadOnlyList<object> Path(int field, Indexes? indexes)
    {
        var path = new List<object>();
        for (var at = new Place(this, field, indexes); at is not null; at = at.On.place)
        {
            for (var i = at.Indexes; i is not null; i = i.Outer)
                path.Add(i.Index);
            path.Add(at.On.Fields[at.Field].Key);
        }
        path.Reverse();
        return path;
    }
}

/// <summary>Where something stands in the answer: at which field of which object, and where in its list.</summary>
internal sealed record Place(Answered On, int Field, Indexes? Indexes);

/// <summary>Where something stands in lists of lists.</summary>
internal sealed record Indexes(Indexes? Outer, int Index);
