using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal;

/// <summary>One line of a record's history: what one change did, who did it, and under which operation.</summary>
/// <param name="Version">The record's version after it.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, through which door.</param>
/// <param name="Operation">What to undo to take it back.</param>
/// <param name="Type">What happened: <c>contact.updated</c>.</param>
/// <param name="Data">Changed fields with old and new value, and facts of the event.</param>
public sealed record HistoryEntry(int Version, DateTimeOffset At, JsonElement Actor, Guid Operation, string Type, JsonElement Data)
{
    internal IEnumerable<string> Changed =>
        Data.TryGetProperty("changes", out var changes) ? changes.EnumerateObject().Select(change => change.Name) : [];
}

/// <summary>
/// The journal read backwards: what happened to a record, and what it was at any time. Whoever sees the record as it is now sees all of its past,
/// but for the fields that are kept from them.
/// </summary>
public static class History
{
    private const string Columns = "version, at, (actor - 'address')::text, operation, type, data::text";

    /// <summary>What happened to a record, newest first; refused when it never existed.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> Of(Session session, RecordType type, Guid id, int before, int limit)
    {
        var entries = await Entries(
            session, type,
            "tenant = $1 and record_id = $2 and record = $3 and version < $4", "version desc limit $5", session.Cause.Tenant, id, type.Name, before, limit);
        var sight = await session.Sight(type);
        return entries.Count > 0 || before != int.MaxValue ? sight.IsWhole ? entries : entries.ConvertAll(e => e with { Data = Seen(e.Data, sight) })
            : throw Refusal.NotFound(type.Name, id);
    }

    /// <summary>The record as it was at a time, from the changes up to then; null before it was entered. The trash counts as being there.</summary>
    public static async Task<T?> AsOf<T>(Session session, Guid id, DateTimeOffset at)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var entries = await Entries(
            session, type, "tenant = $1 and record_id = $2 and record = $3 and at <= $4", "version", session.Cause.Tenant, id, type.Name, at);
        return entries.Count == 0 ? null : (T)entries.Aggregate(type.Blank(id), (record, entry) => Apply(type, record, entry));
    }

    private static Record Apply(RecordType type, Record record, HistoryEntry entry)
    {
        var change = entry.Data.Deserialize<EntryData>(Changes.Json)!;
        var next = type.With(record, (change.Changes ?? []).Select(c => KeyValuePair.Create(c.Key, c.Value.New)));
        return next with
        {
            Version = entry.Version,
            UpdatedAt = entry.At,
            UpdatedBy = entry.Actor.Deserialize<Actor>(Changes.Json),
            CreatedAt = entry.Version == 1 ? entry.At : record.CreatedAt,
            CreatedBy = entry.Version == 1 ? entry.Actor.Deserialize<Actor>(Changes.Json) : record.CreatedBy,
            DeletedAt = change.Trashed switch { true => entry.At, false => null, null => record.DeletedAt },
        };
    }

    // Facts of an event may say what a field says under the field's name.
    internal static JsonElement Seen(JsonElement data, Sight sight) => JsonSerializer.SerializeToElement(
        data.EnumerateObject().Where(p => sight.Shows(p.Name))
            .ToDictionary(p => p.Name, p => p.Name == "changes" ? JsonSerializer.SerializeToElement(Shown(p.Value, sight)) : p.Value));

    private static Dictionary<string, JsonElement> Shown(JsonElement changes, Sight sight) =>
        changes.EnumerateObject().Where(c => sight.Shows(c.Name)).ToDictionary(c => c.Name, c => c.Value);

    private static async Task<List<HistoryEntry>> Entries(
        Session session, RecordType type, string where, string order, params object[] values) => await session.Read(
        $"select {Columns} from journal where {where}{await Visible(session, type)} order by {order}",
        row => new HistoryEntry(
            row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), Json(row.GetString(2)), row.GetGuid(3), row.GetString(4), Json(row.GetString(5))),
        values);

    private static async ValueTask<string> Visible(Session session, RecordType type) =>
        (await session.Reach(type, Deed.Read)) is { Reach: not Reach.All } reach
            ? $" and exists (select from {type.Table} r where r.tenant = $1 and r.id = $2 and {reach.Sql()})" : "";

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
