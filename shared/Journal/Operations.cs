using System.Text.Json;
using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal;

/// <summary>What one request, import, merge or conversion did in this service.</summary>
/// <param name="Id">The operation.</param>
/// <param name="At">When it began.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Entries">How many changes it made.</param>
/// <param name="Records">How many records it changed, by type.</param>
/// <param name="Undoes">The operation it took back, if it is an undo.</param>
public sealed record Operation(Guid Id, DateTimeOffset At, JsonElement Actor, int Entries, IReadOnlyDictionary<string, int> Records, Guid? Undoes);

/// <summary>Operations, read from the journal.</summary>
public static class Operations
{
    /// <summary>One operation as far as the caller sees its records, or null when it did nothing here.</summary>
    public static async Task<Operation?> Of(Session session, Guid id)
    {
        var types = await session.Read(
            $"""
            select record, min(at), min((actor - 'address')::text), count(*)::int, count(distinct record_id)::int, min(data ->> 'undoes')
            from journal j where tenant = $1 and operation = $2{await Seen(session)} group by record
            """,
            row => (Record: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1), Actor: row.GetString(2), Entries: row.GetInt32(3),
                Records: row.GetInt32(4), Undoes: row.IsDBNull(5) ? (Guid?)null : Guid.Parse(row.GetString(5))),
            session.Cause.Tenant, id);
        return types.Count == 0 ? null : new Operation(
            id, types.Min(t => t.At), JsonSerializer.Deserialize<JsonElement>(types[0].Actor), types.Sum(t => t.Entries),
            types.ToDictionary(t => t.Record, t => t.Records), types[0].Undoes);
    }

    private static async Task<string> Seen(Session session)
    {
        if ((await session.Standing()).Rights.IsEverything)
            return "";
        var seen = new List<string>();
        foreach (var type in session.Types) // names of types are the platform's
            seen.Add($"j.record = '{type.Name}' and exists (select from {type.Table} r where r.tenant = $1 and r.id = j.record_id"
                + $"{(await session.Reach(type, Deed.Read)).And()})");
        return $" and ({string.Join(" or ", seen)})";
    }
}
