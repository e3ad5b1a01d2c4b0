using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>
/// Records as they were after events. What is kept of a record is what it is now; what later events changed is taken back, one after the other.
/// </summary>
internal static class States
{
    /// <summary>After each of some events that have just been taken up, by the event.</summary>
    public static async Task<IReadOnlyDictionary<Guid, State>> After(Session session, IReadOnlyList<IncomingEvent> heard)
    {
        var now = await Now(session, heard.Select(e => (e.Record, e.RecordId)));
        var after = new Dictionary<Guid, State>();
        foreach (var record in heard.GroupBy(e => e.RecordId))
        {
            var events = record.OrderByDescending(e => e.Version).ToList();
            var last = (record.Key, events[0].Version);
            var state = now.TryGetValue(record.Key, out var known) ? known : Nothing(record.Key);
            if (state.Version > last.Version)
                state = (await Back(session, [last], now))[last];
            foreach (var happened in events)
            {
                after[happened.Id] = state with { Version = happened.Version };
                state = state.Before(happened.Changes, happened.Version - 1);
            }
        }
        return after;
    }

    /// <summary>Some records as they are now, as far as was heard.</summary>
    public static async Task<Dictionary<Guid, State>> Now(Session session, IEnumerable<(string Type, Guid Id)> records)
    {
        var wanted = records.Distinct().ToList();
        var rows = await session.Query<Copy>(
            """
            select c.id, c.version, c.fields::text as fields
            from unnest(@types, @ids) w(type, id) join copy c on c.tenant = @tenant and c.record = w.type and c.id = w.id
            """,
            new { types = wanted.Select(w => w.Type).ToArray(), ids = wanted.Select(w => w.Id).ToArray() });
        return rows.GroupBy(row => row.Id).ToDictionary(row => row.Key, row => State.Read(row.Key, row.First().Version, row.First().Fields));
    }

    /// <summary>Records as they were at some versions.</summary>
    public static async Task<Dictionary<(Guid Record, int Version), State>> At(Session session, IReadOnlyCollection<Happening> happenings)
    {
        var now = await Now(session, happenings.Select(h => (h.Record.Name, h.RecordId)));
        var wanted = happenings.Select(h => (Record: h.RecordId, h.Version)).Distinct().ToList();
        var (current, older) = (wanted.Where(w => !IsOlder(w)).ToList(), wanted.Where(IsOlder).ToList());
        var states = older.Count == 0 ? [] : await Back(session, older, now);
        foreach (var (record, version) in current)
            states[(record, version)] = (now.TryGetValue(record, out var state) ? state : Nothing(record)) with { Version = version };
        return states;

        bool IsOlder((Guid Record, int Version) w) => now.TryGetValue(w.Record, out var state) && state.Version > w.Version;
    }

    private static async Task<Dictionary<(Guid Record, int Version), State>> Back(
        Session session, IReadOnlyList<(Guid Record, int Version)> wanted, IReadOnlyDictionary<Guid, State> now)
    {
        var later = (await session.Query<Later>(
            """
            select w.id as record_id, w.version as since, e.version, e.body from unnest(@ids, @versions) w(id, version)
            join event e on e.tenant = @tenant and e.record_id = w.id and e.version > w.version
            """,
            new { ids = wanted.Select(w => w.Record).ToArray(), versions = wanted.Select(w => w.Version).ToArray() }))
            .ToLookup(l => (l.RecordId, l.Since));
        return wanted.Distinct().ToDictionary(w => w, w => later[w].OrderByDescending(l => l.Version)
            .Aggregate(now[w.Record], (state, told) => state.Before(told.Changes, told.Version - 1)));
    }

    private static State Nothing(Guid record) => new(record, 0, new Dictionary<string, JsonElement>());

    private sealed record Copy(Guid Id, int Version, string Fields);

    private sealed record Later(Guid RecordId, int Since, int Version, string Body)
    {
        public Changes Changes => JsonSerializer.Deserialize<AnyEvent>(Body, Changes.Json)?.Changes ?? [];
    }

    private sealed record AnyEvent : RecordEvent;
}
