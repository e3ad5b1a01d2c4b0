using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal;

/// <summary>One line of a record's history: what one change did, who did it, and under which operation.</summary>
/// <param name="Version">The record's version after it.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, through which door.</param>
/// <param name="Operation">What to undo to take it back.</param>
/// <param name="Type">What happened: <c>contact.updated</c>.</param>
/// <param name="Data">Changed fields with old and new value, and facts of the event.</param>
public sealed record HistoryEntry(int Version, DateTimeOffset At, JsonElement Actor, Guid Operation, string Type, JsonElement Data);

/// <summary>The journal read backwards: what happened to a record, and what it was at any time.</summary>
public static class History
{
    private const string Columns = "version, at, actor::text, operation, type, data::text";

    /// <summary>What happened to a record, newest first; refused when it never existed.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> Of(Session session, RecordType type, Guid id, int before, int limit)
    {
        var entries = await Entries(
            session,
            $"select {Columns} from journal where tenant = $1 and record_id = $2 and record = $3 and version < $4 order by version desc limit $5",
            session.Cause.Tenant, id, type.Name, before, limit);
        return entries.Count > 0 || before != int.MaxValue ? entries : throw Refusal.NotFound(type.Name, id);
    }

    /// <summary>The record as it was at a time, from the changes up to then; null before it was entered. The trash counts as being there.</summary>
    public static async Task<T?> AsOf<T>(Session session, Guid id, DateTimeOffset at)
        where T : Record
    {
        var type = session.TypeOf<T>();
        var entries = await Entries(
            session,
            $"select {Columns} from journal where tenant = $1 and record_id = $2 and record = $3 and at <= $4 order by version",
            session.Cause.Tenant, id, type.Name, at);
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

    private static Task<List<HistoryEntry>> Entries(Session session, string sql, params object[] values) => session.Read(
        sql,
        row => new HistoryEntry(
            row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), Json(row.GetString(2)), row.GetGuid(3), row.GetString(4), Json(row.GetString(5))),
        values);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
