using System.Text.Json.Serialization;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Doors;

/// <summary>Who may see, change or delete a record, and why; people by their names.</summary>
/// <param name="Items">The first of them.</param>
/// <param name="Total">How many there are.</param>
public sealed record WhoMayAnswer(IReadOnlyList<WhoMayPerson> Items, int Total);

/// <summary>Somebody who may do something with a record.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">What they are called.</param>
/// <param name="May">What they may do, and why.</param>
public sealed record WhoMayPerson(Guid Id, string? Name, IReadOnlyList<WhoMayReason> May);

/// <summary>Why somebody may do something with a record.</summary>
/// <param name="Deed">What: read, update, delete.</param>
/// <param name="Roles">The roles that say so. One that counts only in some networks, at some hours or with a second factor is named all the same.</param>
/// <param name="Reach">With which records: all, those of their teams, their own. Of several, the one that is enough.</param>
/// <param name="Teams">Where it is their team's: from their team down to the record's.</param>
public sealed record WhoMayReason(
    Deed Deed, IReadOnlyList<string> Roles, Reach Reach,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<WhoMayTeam>? Teams);

/// <summary>A team on the way from somebody to a record.</summary>
public sealed record WhoMayTeam(Guid Id, string? Name);

/// <summary>Answers "who can see this, and why" for those who audit, and for who may change the record.</summary>
internal static class WhoMay
{
    private const int Most = 1000;

    private static readonly Deed[] Deeds = [Deed.Read, Deed.Update, Deed.Delete];

    public static async Task<WhoMayAnswer> Of<T>(Guid id, Guid? user, Session session)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var audits = (await session.Standing()).Rights.Has(Privilege.Audit);
        var record = audits ? (await session.List<T>("id = @id and deleted_at is null", new { id })).FirstOrDefault() : await session.Find<T>(id);
        if (record is null)
            throw Refusal.NotFound(type.Name, id);
        if (!audits)
            await session.Allow(record, Deed.Update);

        var (people, tree) = await session.Everybody();
        var path = record.TeamId is { } team ? tree.Above(team) : [];
        var all = people.Where(p => user is null || p.Standing.Me == user)
            .Select(p => new WhoMayPerson(
                p.Standing.Me!.Value, p.Name, [.. Deeds.Select(deed => Why(deed, type, record, p.Standing, path)).OfType<WhoMayReason>()]))
            .Where(p => p.May.Count > 0).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id).ToList();
        return new WhoMayAnswer([.. all.Take(Most)], all.Count);
    }

    private static WhoMayReason? Why(Deed deed, RecordType type, Record record, Standing standing, IReadOnlyList<TeamTree.Team> path)
    {
        var reaching = Reaching.Of(standing, type, deed);
        if (!reaching.Includes(record))
            return null;
        var roles = standing.Rights.Because(type.Name, deed).ToList();
        var isOwn = record.OwnerId is { } owner && owner == standing.Me;
        if (reaching.Reach != Reach.Team || isOwn)
            return new WhoMayReason(deed, roles, reaching.Reach == Reach.All ? Reach.All : Reach.Own, null);
        var down = path.TakeWhile(t => standing.Teams.Contains(t.Id)).Reverse().Select(t => new WhoMayTeam(t.Id, t.Name)).ToList();
        return new WhoMayReason(deed, roles, Reach.Team, down);
    }
}
