using System.Globalization;
using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using Npgsql;

namespace CrmPlatform.Records.Fields;

/// <summary>
/// Computes what formulas and roll-ups make of records when they are read, in SQL, with the meaning that filters and orders give them. Nothing of it
/// is kept: what a caller sees follows from what they may read.
/// </summary>
internal sealed class Computing(RecordType type, IReadOnlyList<Computed> computed, Context context)
{
    /// <summary>What is wanted of it for who asks with a shape; null where there is nothing.</summary>
    public static Computing? Of(RecordType type, Shape shape, Context context, Func<string, bool>? wanted = null) =>
        ComputedFields.In(shape).Where(c => wanted?.Invoke(RecordType.Own(c.Name)) != false).ToList() is { Count: > 0 } computed
            ? new(type, computed, context) : null;

    /// <summary>A record with it, as a door answers with it; not to be written.</summary>
    public static async ValueTask<T> Add<T>(Session session, Shapes shapes, T record, string? zone = null)
        where T : Record => await IsAny(session, session.TypeOf(record)) ? (await Add(session, shapes, [record], zone))[0] : record;

    /// <summary>Records of one type with it.</summary>
    public static async Task<IReadOnlyList<T>> Add<T>(Session session, Shapes shapes, IReadOnlyList<T> records, string? zone = null)
        where T : Record
    {
        if (records.Count == 0)
            return records;
        var type = session.TypeOf(records[0]);
        if (!await IsAny(session, type))
            return records;
        var shape = await shapes.Of(type, session, CancellationToken.None);
        return Of(type, shape, await Asked.Context(session, zone)) is { } computing ? await computing.Add(session, records) : records;
    }

    private static async ValueTask<bool> IsAny(Session session, RecordType type) =>
        (await session.Model.Own.Of(session.Cause.Tenant, CancellationToken.None)).Of(type.Name).Any(FieldDefinition.IsComputed);

    /// <summary>The columns that follow those of the type, and what belongs in their places.</summary>
    public string Columns(List<object> values)
    {
        var columns = "";
        foreach (var one in computed)
        {
            var sql = one.Formula!.ToSql(context, new("r", values.Count + 1));
            columns += one.Kind == Kind.Number ? $", trim_scale({sql.Text})" : $", {sql.Text}";
            values.AddRange(sql.Parameters);
        }
        return columns;
    }

    /// <summary>A record with what the columns from some place on say.</summary>
    public T With<T>(T record, NpgsqlDataReader row, int first)
        where T : Record
    {
        var custom = new Dictionary<string, JsonElement>(record.Custom);
        for (var i = 0; i < computed.Count; i++)
            if (!row.IsDBNull(first + i))
                custom[computed[i].Name] = JsonSerializer.SerializeToElement(Value(row, first + i, computed[i].Kind));
        return record with { Custom = custom };
    }

    /// <summary>Records with it.</summary>
    public async Task<IReadOnlyList<T>> Add<T>(Session session, IReadOnlyList<T> records)
        where T : Record
    {
        var byId = records.ToLookup(r => r.Id);
        List<object> values = [session.Cause.Tenant, byId.Select(r => r.Key).ToArray()];
        var sql = $"select r.id{Columns(values)} from {type.Table} r where r.tenant = $1 and r.id = any($2)";
        var found = (await session.Read(sql, row => With(byId[row.GetGuid(0)].First(), row, 1), [.. values])).ToDictionary(r => r.Id, r => r.Custom);
        return [.. records.Select(r => found.TryGetValue(r.Id, out var custom) ? r with { Custom = custom } : r)];
    }

    // As values of custom fields are kept.
    private static object Value(NpgsqlDataReader row, int index, Kind kind) => kind switch
    {
        Kind.Number => row.GetDecimal(index),
        Kind.Boolean => row.GetBoolean(index),
        Kind.Date => row.GetFieldValue<DateOnly>(index),
        Kind.Instant => row.GetFieldValue<DateTimeOffset>(index).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        Kind.Reference => row.GetGuid(index),
        _ => row.GetString(index),
    };
}
