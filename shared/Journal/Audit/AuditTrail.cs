using System.Buffers.Text;
using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal.Audit;

/// <summary>What somebody did, as those who audit see it.</summary>
/// <param name="Id">The entry.</param>
/// <param name="At">When.</param>
/// <param name="Service">In which service.</param>
/// <param name="Actor">Who, through which door, from which address.</param>
/// <param name="Operation">What else was part of it, and what to undo to take it back.</param>
/// <param name="Record">With what.</param>
/// <param name="RecordId">With which.</param>
/// <param name="Version">Its version after it.</param>
/// <param name="Type">What: <c>contact.updated</c>.</param>
/// <param name="Data">Values before and after, and facts; null where the one who asks does not see the record.</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string Service, JsonElement Actor, Guid Operation, string Record, Guid RecordId, int Version, string Type, JsonElement? Data);

/// <summary>Entries, newest first, and where to go on: a page may hold fewer than asked for, even none, and there is more all the same.</summary>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? NextCursor);

/// <summary>Which entries.</summary>
public sealed record AuditQuestion
{
    /// <summary>By whom: their id.</summary>
    public string? Actor { get; init; }

    /// <summary>With which record type.</summary>
    public string? Record { get; init; }

    /// <summary>With which record.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>What: <c>contact.deleted</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Under which operation.</summary>
    public Guid? Operation { get; init; }

    /// <summary>Through which door.</summary>
    public string? Door { get; init; }

    /// <summary>From which address.</summary>
    public string? Address { get; init; }

    /// <summary>From when on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until before when.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where to go on.</summary>
    public AuditPlace? After { get; init; }

    /// <summary>How many.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A place in the order of time; the same in every service, so that their journals can be read as one.</summary>
public sealed record AuditPlace(DateTimeOffset At, Guid Id)
{
    /// <summary>As a cursor.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[$"{At.ToUniversalTime():O}", $"{Id}"]));

    /// <summary>The place a cursor names; refused when it names none.</summary>
    public static AuditPlace? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        try
        {
            if (JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) is [var at, var id])
                return new AuditPlace(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime(), Guid.Parse(id));
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentNullException)
        {
            // Refused below: a cursor is ours or it is nothing.
        }
        throw Refusal.Invalid("cursor", "This is no cursor of an earlier page.");
    }
}

/// <summary>
/// Reads the journal for those who audit. Time, who, what, which record and which operation are stretches of an index; what else is asked is looked
/// for along such a stretch, so much of it for one page that a page is never long in coming.
/// </summary>
public static class AuditTrail
{
    private const int LookedAt = 20_000;

    /// <summary>A page of what was done in this service.</summary>
    public static async Task<AuditPage> Page(Session session, string service, AuditQuestion asked)
    {
        await session.Demand(Privilege.Audit);
        var values = new List<object> { session.Cause.Tenant };
        string Place(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }

        var stretch = "j.tenant = $1";
        var isOfReadings = asked is { Record: Looks.Reading, RecordId: not null };
        if (asked.From is { } from)
            stretch += $" and j.at >= {Place(from)}";
        if (asked.To is { } to)
            stretch += $" and j.at < {Place(to)}";
        if (asked.After is { } after)
            stretch += $" and (j.at, j.id) < ({Place(after.At)}, {Place(after.Id)})";
        if (asked.Actor is { } actor)
            stretch += $" and j.actor ->> 'id' = {Place(actor)}";
        if (asked.Operation is { } operation)
            stretch += $" and j.operation = {Place(operation)}";
        if (asked.RecordId is { } record && !isOfReadings)
            stretch += $" and j.record_id = {Place(record)}";
        if ((asked.Type ?? (isOfReadings ? $"{Looks.Reading}.noted" : null)) is { } what)
            stretch += $" and j.type = {Place(what)}";

        var (rest, ofStretch) = ("true", values.Count);
        if (asked.Record is { } type)
            rest += $" and j.record = {Place(type)}";
        if (isOfReadings)
            rest += $" and j.data -> 'records' ? {Place($"{asked.RecordId}")}";
        if (asked.Door is { } door)
            rest += $" and j.actor ->> 'door' = {Place(door)}";
        if (asked.Address is { } address)
            rest += $" and j.actor ->> 'address' = {Place(address)}";

        var looked = $"from journal j where {stretch} order by j.at desc, j.id desc";
        var entries = await session.Read(
            $"""
            select j.id, j.at, j.actor::text, j.operation, j.record, j.record_id, j.version, j.type, j.data::text
            from (select j.id, j.at, j.actor, j.operation, j.record, j.record_id, j.version, j.type, j.data {looked} limit {LookedAt}) j
            where {rest} order by j.at desc, j.id desc limit {asked.Limit + 1}
            """,
            row => new AuditEntry(
                row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), service, Json(row.GetString(2)), row.GetGuid(3), row.GetString(4), row.GetGuid(5),
                row.GetInt32(6), row.GetString(7), Json(row.GetString(8))),
            [.. values]);
        var page = await Seen(session, entries.Take(asked.Limit));
        if (entries.Count > asked.Limit)
            return new AuditPage(page, $"{new AuditPlace(page[^1].At, page[^1].Id)}");
        if (rest == "true")
            return new AuditPage(page, null);
        var end = await session.Read(
            $"select j.at, j.id {looked} offset {LookedAt - 1} limit 1", row => new AuditPlace(row.GetFieldValue<DateTimeOffset>(0), row.GetGuid(1)),
            [.. values.Take(ofStretch)]);
        return new AuditPage(page, end is [var place] ? $"{place}" : null);
    }

    // That something was done is for those who audit, whatever it was done with; values are for who sees them.
    private static async Task<List<AuditEntry>> Seen(Session session, IEnumerable<AuditEntry> entries)
    {
        var (page, seen) = (entries.ToList(), new Dictionary<string, (Sight Sight, Reach Reach, HashSet<Guid> Ids)>());
        foreach (var sameType in page.GroupBy(e => e.Record))
        {
            if (session.FindType(sameType.Key) is not { } type)
                continue;
            var reach = await session.Reach(type, Deed.Read);
            var ids = reach.Reach is Reach.All or Reach.None ? [] : (await session.Read(
                $"select r.id from {type.Table} r where r.tenant = $1 and r.id = any($2) and {reach.Sql()}", row => row.GetGuid(0),
                session.Cause.Tenant, sameType.Select(e => e.RecordId).Distinct().ToArray())).ToHashSet();
            seen[sameType.Key] = (await session.Sight(type), reach.Reach, ids);
        }
        return page.ConvertAll(e => !seen.TryGetValue(e.Record, out var of) ? e
            : of.Reach != Reach.All && !of.Ids.Contains(e.RecordId) ? e with { Data = null }
            : of.Sight.IsWhole ? e : e with { Data = History.Seen(e.Data!.Value, of.Sight) });
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
