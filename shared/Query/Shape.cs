using System.Collections.Frozen;

namespace CrmPlatform.Query;

/// <summary>What can be asked of one type of record: its fields, its lists of other rows, and where they are in SQL.</summary>
/// <remarks>SQL texts here come from the platform, never from a caller. In them <c>{r}</c> stands for the row.</remarks>
public sealed class Shape
{
    private readonly FrozenDictionary<string, Member> members;

    /// <summary>Declares a type of record.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="from">Where its rows are: a table.</param>
    /// <param name="members">Its fields and lists.</param>
    /// <param name="where">What holds of all rows that count: <c>{r}.deleted is null</c>.</param>
    public Shape(string name, string from, IEnumerable<Member> members, string? where = null)
    {
        (Name, From, Where) = (name, from, where);
        this.members = members.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>Its name, for messages.</summary>
    public string Name { get; }

    /// <summary>Where its rows are.</summary>
    public string From { get; }

    /// <summary>What holds of all rows that count.</summary>
    public string? Where { get; }

    /// <summary>What this caller may ask about; a hidden member is as if it were not there, and so is what is computed from one.</summary>
    public IEnumerable<Member> Members =>
        members.Values.Where(m => !m.Hidden && m is not Computed { Formula: null }).OrderBy(m => m.Name, StringComparer.Ordinal);

    /// <summary>Those that need no formula to be read: what can be named while one is.</summary>
    internal IEnumerable<Member> Plain => members.Values.Where(m => !m.Hidden && m is not Computed);

    internal Member? Find(string name) => members.GetValueOrDefault(name) is { Hidden: false } member ? member : null;
}
