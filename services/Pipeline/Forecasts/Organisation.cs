using CrmPlatform.Journal;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>Who sells, and which teams they are in, as identity has told of them.</summary>
internal sealed class Organisation
{
    private readonly Dictionary<Guid, Team> teams;
    private readonly Dictionary<Guid, Seller> people;

    /// <summary>Puts them together.</summary>
    public Organisation(IEnumerable<Team> teams, IEnumerable<Seller> people) =>
        (this.teams, this.people) = (teams.ToDictionary(t => t.Id), people.ToDictionary(p => p.Id));

    /// <summary>Reads them.</summary>
    public static async Task<Organisation> Of(Session session) => new(
        await session.Query<Team>(
            """
            select id as "Id", crm.id(fields -> 'parentId') as "ParentId", fields ->> 'name' as "Name"
            from copy where tenant = @tenant and record = 'identity.team' and not deleted
            """),
        await session.Query<Seller>(
            """
            select id as "Id", fields ->> 'name' as "Name", crm.id(fields -> 'teams' -> 0) as "TeamId"
            from copy where tenant = @tenant and record = 'identity.user'
            """));

    /// <summary>A team, if there is one.</summary>
    public Team? Find(Guid team) => teams.GetValueOrDefault(team);

    /// <summary>What somebody is called.</summary>
    public string? NameOf(Guid? user) => user is { } id ? people.GetValueOrDefault(id)?.Name : null;

    /// <summary>The main team of somebody.</summary>
    public Guid? TeamOf(Guid? user) => user is { } id && people.GetValueOrDefault(id)?.TeamId is { } team && teams.ContainsKey(team) ? team : null;

    /// <summary>
    /// The team just below another one, or at the top where none is named, that a team belongs to; itself where it is that one. Null where it belongs
    /// elsewhere.
    /// </summary>
    public Guid? Below(Guid? top, Guid team)
    {
        var known = new HashSet<Guid>();
        for (var at = team; known.Add(at) && teams.TryGetValue(at, out var found);)
        {
            var parent = found.ParentId is { } p && teams.ContainsKey(p) ? p : (Guid?)null;
            if (parent == top)
                return at;
            if (parent is null)
                return null;
            at = parent.Value;
        }
        return null; // a circle, for as long as the copies of two teams are of different times
    }

    /// <summary>A team.</summary>
    public sealed record Team(Guid Id, Guid? ParentId, string? Name);

    /// <summary>A person.</summary>
    public sealed record Seller(Guid Id, string? Name, Guid? TeamId);
}
