using System.Collections;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace CrmPlatform.Access.Roles;

/// <summary>
/// Teams whose records are somebody's: theirs in their order, the main one first, then those below. A tree has thousands, so they are asked as a set.
/// </summary>
[CollectionBuilder(typeof(TeamSet), nameof(Of))]
public sealed class TeamSet : IReadOnlyList<Guid>
{
    private const int Few = 8;

    private readonly Guid[] all;
    private readonly FrozenSet<Guid>? set;

    private TeamSet(Guid[] all) => (this.all, set) = (all, all.Length > Few ? all.ToFrozenSet() : null);

    /// <summary>Nobody's.</summary>
    public static TeamSet Empty { get; } = new([]);

    /// <summary>These teams, each once.</summary>
    public static TeamSet Of(ReadOnlySpan<Guid> teams) => teams.IsEmpty ? Empty : new TeamSet([.. teams.ToArray().Distinct()]);

    /// <inheritdoc/>
    public int Count => all.Length;

    /// <inheritdoc/>
    public Guid this[int index] => all[index];

    /// <summary>Whether a team is one of them.</summary>
    public bool Contains(Guid team) => set?.Contains(team) ?? Array.IndexOf(all, team) >= 0;

    /// <summary>All of them, for the database; not to be changed.</summary>
    public Guid[] AsArray() => all;

    /// <inheritdoc/>
    public IEnumerator<Guid> GetEnumerator() => ((IEnumerable<Guid>)all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
