using System.Collections.Concurrent;
using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal.Roles;

/// <summary>A tenant's teams and which are below which, at one time.</summary>
internal sealed class TeamTree(IReadOnlyCollection<TeamTree.Team> teams)
{
    private readonly HashSet<Team> teams = [.. teams];
    private readonly ILookup<Guid, Guid> below = teams.Where(t => t.Parent is not null).ToLookup(t => t.Parent!.Value, t => t.Id);
    private readonly ConcurrentDictionary<Guid, TeamSet> subtrees = new();

    /// <summary>Teams as somebody has them, with all below them.</summary>
    public TeamSet WithThoseBelow(IReadOnlyList<Guid> own) => own switch
    {
        [] => [],
        [var one] => subtrees.GetOrAdd(one, team => Walk([team])),
        _ => Walk(own),
    };

    /// <summary>A team and those it is below of, upwards.</summary>
    public IReadOnlyList<Team> Above(Guid team)
    {
        var (path, known) = (new List<Team>(), teams.ToDictionary(t => t.Id));
        for (var at = known.GetValueOrDefault(team) ?? new Team(team, null, null); at is not null && !path.Contains(at);
            at = at.Parent is { } parent ? known.GetValueOrDefault(parent) : null)
            path.Add(at);
        return path;
    }

    /// <summary>Whether it is made of these.</summary>
    public bool IsOf(IReadOnlyCollection<Team> others) => teams.SetEquals(others);

    // Copies come one by one, so that for a moment two teams may stand below each other: each is taken once.
    private TeamSet Walk(IReadOnlyList<Guid> own)
    {
        var found = new HashSet<Guid>(own);
        var walk = new List<Guid>(found);
        for (var i = 0; i < walk.Count; i++)
            foreach (var child in below[walk[i]])
                if (found.Add(child))
                    walk.Add(child);
        return [.. walk];
    }

    /// <summary>One team.</summary>
    internal sealed record Team(Guid Id, Guid? Parent, string? Name);
}
