using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Activities.Timeline;

/// <summary>
/// What happened to a person, a company, a lead or a deal, newest first. On the timeline of a person are also their deals and the lead they were, on that
/// of a company its deals and leads: as far as the caller sees them.
/// </summary>
public static class ReadTimeline
{
    private static readonly string[] Records = ["contacts.contact", "contacts.account", "leads.lead", "pipeline.deal"];

    /// <summary>One thing that happened.</summary>
    /// <param name="At">When.</param>
    /// <param name="What">What, in a word: <c>captured</c>, <c>moved</c>, <c>won</c>.</param>
    /// <param name="Fields">The fields that changed with it.</param>
    /// <param name="Actor">Who did it.</param>
    /// <param name="Record">To what it happened: <c>pipeline.deal</c>.</param>
    /// <param name="RecordId">To which one.</param>
    /// <param name="Name">What that one is called now.</param>
    /// <param name="Facts">What else is to be said: <c>from</c>, <c>to</c>, <c>reason</c>.</param>
    /// <param name="Names">What those are called who are named in the facts by their ids: people, stages.</param>
    public sealed record Item(
        DateTimeOffset At, string What, string[] Fields, string Actor, string Record, Guid RecordId, string? Name,
        IReadOnlyDictionary<string, JsonElement>? Facts, IReadOnlyDictionary<Guid, string> Names);

    /// <summary>The last hundred things that happened, newest first.</summary>
    public static async Task<IReadOnlyList<Item>> Handle(Guid recordId, Session session)
    {
        var reaches = new Dictionary<string, CopyReach>();
        foreach (var record in Records)
            reaches[record] = await session.ReachOfCopies(record);
        var seen = string.Join(" or ", reaches.Select(r => $"(t.record = '{r.Key}' and {r.Value.Includes("t.record_id")})"));
        var lines = await session.Query<Line>(
            $"""
            with about as (
                select @recordId as id
                union select d.id from copy d
                where d.tenant = @tenant and d.record = 'pipeline.deal' and d.fields ->> 'accountId' = @text and not d.deleted
                union select crm.id(p.fields -> 'dealId') from copy p
                where p.tenant = @tenant and p.record = 'pipeline.dealContact' and p.fields ->> 'contactId' = @text and not p.deleted
                union select l.id from copy l
                where l.tenant = @tenant and l.record = 'leads.lead' and not l.deleted
                    and (l.fields ->> 'convertedContactId' = @text or l.fields ->> 'convertedAccountId' = @text))
            select t.at, t.what, t.fields, t.actor, t.record, t.record_id, t.facts::text as facts,
                coalesce(nullif(concat_ws(' ', c.fields ->> 'firstName', c.fields ->> 'lastName'), ''), c.fields ->> 'company', c.fields ->> 'name') as name
            from about a
            join timeline t on t.tenant = @tenant and t.record_id = a.id
            left join copy c on c.tenant = @tenant and c.record = t.record and c.id = t.record_id
            where {seen}
            order by t.at desc, t.version desc, t.line desc limit 100
            """,
            new { recordId, text = recordId.ToString(), reaches[Records[0]].Me, reaches[Records[0]].Teams });
        var items = lines.ConvertAll(line => Of(line, reaches[line.Record]));
        var names = await Names(session, items);
        return items.ConvertAll(item => item with { Names = Ids(item).Where(names.ContainsKey).Distinct().ToDictionary(id => id, id => names[id]) });
    }

    // A line that is about fields none of which is shown says nothing; facts are values of its fields.
    private static Item Of(Line line, CopyReach reach)
    {
        string[] shown = [.. line.Fields.Where(reach.Shows)];
        var facts = line.Facts is null || shown.Length < line.Fields.Length ? null
            : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line.Facts, Changes.Json);
        return new Item(line.At, line.What, shown, line.Actor, line.Record, line.RecordId, line.Name, facts, new Dictionary<Guid, string>());
    }

    private static async Task<Dictionary<Guid, string>> Names(Session session, IEnumerable<Item> items)
    {
        var ids = items.SelectMany(Ids).Distinct().ToArray();
        return ids.Length == 0 ? [] : (await session.Query<Named>(
            """
            select id, fields ->> 'name' as name from copy
            where tenant = @tenant and record in ('identity.user', 'pipeline.stage') and id = any(@ids) and fields ->> 'name' is not null
            """,
            new { ids })).ToDictionary(n => n.Id, n => n.Name);
    }

    private static IEnumerable<Guid> Ids(Item item) => (item.Facts?.Values ?? [])
        .Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.TryGetGuid(out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    private sealed record Line
    {
        public DateTimeOffset At { get; init; }

        public required string What { get; init; }

        public required string[] Fields { get; init; }

        public required string Actor { get; init; }

        public required string Record { get; init; }

        public Guid RecordId { get; init; }

        public string? Facts { get; init; }

        public string? Name { get; init; }
    }

    private sealed record Named
    {
        public Guid Id { get; init; }

        public required string Name { get; init; }
    }
}
