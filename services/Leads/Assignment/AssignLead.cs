using CrmPlatform.Journal;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;

namespace CrmPlatform.Leads.Assignment;

/// <summary>
/// Gives a new lead to somebody, as the tenant's rules say. Those who enter leads at once are given one place each: a rule remembers who was last, and
/// whoever has to count open leads counts one after the other.
/// </summary>
public static class AssignLead
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Lead> Rule(Session session, Lead? before, Lead after)
    {
        var isFresh = after.Status == LeadStatus.New && (before is null || before.Status == LeadStatus.Recycled && after.RecycleAt is null);
        return isFresh && after is { OwnerId: null, DeletedAt: null } && await Pick(session, after, null) is { } owner
            ? after with { OwnerId = owner } : after;
    }

    /// <summary>Who gets a lead, by the first rule that finds somebody; nobody where none does.</summary>
    internal static async Task<Guid?> Pick(Session session, Lead lead, Guid? butNot)
    {
        foreach (var rule in (await LeadBook.Of(session)).Assignment)
            if (await session.Holds(rule.Condition, lead) && await Pick(session, rule, butNot) is { } owner)
                return owner;
        return null;
    }

    private static async Task<Guid?> Pick(Session session, AssignmentRule rule, Guid? butNot)
    {
        IReadOnlyList<Guid> all = rule.Users.Count > 0 ? [.. rule.Users.Select(u => u.UserId).Distinct()]
            : rule.ToTeamId is { } team ? await People.OfTeam(session, team) : [];
        var present = (await People.Present(session, all, rule.OnlyAtWork)).Where(u => u != butNot).ToList();
        if (present.Count == 0)
            return null;
        if (rule.Mode == AssignmentMode.RoundRobin && rule.Capacity is null && rule.Users.All(u => u.Capacity is null))
            return await Next(session, rule, all, present);

        await session.Hold([$"assignment {rule.Id}"]); // who counts at the same time would find the same
        var open = await Open(session, present);
        var free = present.Where(u => (rule.Users.FirstOrDefault(c => c.UserId == u)?.Capacity ?? rule.Capacity) is not { } most || open[u] < most).ToList();
        return free.Count == 0 ? null
            : rule.Mode == AssignmentMode.RoundRobin ? await Next(session, rule, all, free)
            : free.MinBy(u => (open[u], free.IndexOf(u)));
    }

    // Who comes after the one who was last, among those who can be given something now: one statement. Asked before anything is written it is committed
    // by itself, and nobody waits for a disk while the next one waits for the row: after a crash of the database somebody is last once more.
    private static async Task<Guid> Next(Session session, AssignmentRule rule, IReadOnlyList<Guid> all, IReadOnlyList<Guid> now) =>
        (await session.Query<Guid>(
            """
            with turn as (
                insert into rotation as r (tenant, rule, last) values (@tenant, @rule, @now[1])
                on conflict (tenant, rule) do update set last = coalesce(
                    (select n from unnest(@now) n where array_position(@all, n) > array_position(@all, r.last) order by array_position(@all, n) limit 1),
                    excluded.last)
                returning last)
            select last from turn where not @alone or set_config('synchronous_commit', 'off', true) is not null
            """,
            new { rule = rule.Id, all = all.ToArray(), now = now.ToArray(), alone = session.IsAlone }))[0];

    private static async Task<Dictionary<Guid, long>> Open(Session session, IReadOnlyList<Guid> users) =>
        (await session.Query<Load>(
            """
            select u.id, (
                select count(*) from lead l where l.tenant = @tenant and l.owner_id = u.id and l.deleted_at is null
                and l.status in ('new', 'assigned', 'working', 'nurturing', 'qualified')) as open
            from unnest(@users) u(id)
            """,
            new { users = users.ToArray() })).ToDictionary(l => l.Id, l => l.Open);

    private sealed record Load
    {
        public required Guid Id { get; init; }

        public required long Open { get; init; }
    }
}
