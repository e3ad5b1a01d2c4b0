using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;
using Npgsql;

namespace CrmPlatform.Records.Doors;

/// <summary>
/// Finds a page of records in any order, from a place in it on. Ordered by one field the page is a stretch of an index on it, however deep:
/// first the records that have a value there, then those that have none.
/// </summary>
internal sealed class Listing(Session session, RecordType type, Sort sort, SqlText? filter, bool trashed)
{
    private readonly string where =
        $"r.tenant = $1 and r.deleted_at is {(trashed ? "not null" : "null")}{(filter is null ? "" : $" and ({filter.Text})")}";

    private readonly List<object> values = [session.Cause.Tenant, .. filter?.Parameters ?? []];

    /// <summary>The number of the first parameter a filter may use.</summary>
    public const int FirstOfFilter = 2;

    public async Task<(List<Record> Records, Cursor? Next)> Page(Cursor? from, int limit)
    {
        var found = new List<(Record Record, Cursor Place)>();
        if (sort.Keys is [var key])
        {
            if (from is not { Values: [null] })
                found.AddRange(await Stretch(key, from, limit + 1));
            if (found.Count <= limit && !NeverNull(key))
                found.AddRange(await Rest(key, from is { Values: [null] } ? from.Id : null, limit + 1 - found.Count));
        }
        else
            found.AddRange(await ByMany(from, limit + 1));
        return found.Count <= limit ? ([.. found.Select(f => f.Record)], null)
            : ([.. found.Take(limit).Select(f => f.Record)], found[limit - 1].Place);
    }

    public async Task<long> Count() =>
        (await session.Read($"select count(*) from {type.Table} r where {where}", row => row.GetInt64(0), [.. values]))[0];

    private Task<List<(Record, Cursor)>> Stretch(SortKey key, Cursor? from, int limit)
    {
        var (sql, way) = (key.ToSql(), key.Descending ? "desc" : "asc");
        var beyond = from is null ? NeverNull(key) ? "" : $" and {sql} is not null"
            : $" and ({sql}, r.id) {(key.Descending ? "<" : ">")} (${values.Count + 1}, ${values.Count + 2})";
        return Rows($"{beyond} order by {sql} {way}, r.id {way} limit {limit}", from is null ? [] : [from.Values[0]!, from.Id]);
    }

    private Task<List<(Record, Cursor)>> Rest(SortKey key, Guid? from, int limit)
    {
        var way = key.Descending ? "desc" : "asc";
        var beyond = from is null ? "" : $" and r.id {(key.Descending ? "<" : ">")} ${values.Count + 1}";
        return Rows($" and {key.ToSql()} is null{beyond} order by r.id {way} limit {limit}", from is { } id ? [id] : []);
    }

    private Task<List<(Record, Cursor)>> ByMany(Cursor? from, int limit)
    {
        var more = new List<object>();
        string Place(object value)
        {
            more.Add(value);
            return $"${values.Count + more.Count}";
        }

        // (a > 1) or (a = 1 and b > 2) or (a = 1 and b = 2 and id > 3), with nulls last
        var (alternatives, equal) = (new List<string>(), "");
        for (var i = 0; from is not null && i < sort.Keys.Count; i++)
        {
            var sql = sort.Keys[i].ToSql();
            if (from.Values[i] is { } value)
            {
                var place = Place(value);
                alternatives.Add($"{equal}({sql} {(sort.Keys[i].Descending ? "<" : ">")} {place} or {sql} is null)");
                equal += $"{sql} = {place} and ";
            }
            else
                equal += $"{sql} is null and ";
        }
        var way = sort.Keys[^1].Descending;
        if (from is not null)
            alternatives.Add($"{equal}r.id {(way ? "<" : ">")} {Place(from.Id)}");
        var beyond = alternatives.Count == 0 ? "" : $" and ({string.Join(" or ", alternatives)})";
        return Rows($"{beyond} order by {sort.ToSql()}, r.id {(way ? "desc" : "asc")} limit {limit}", more);
    }

    private Task<List<(Record, Cursor)>> Rows(string rest, IEnumerable<object> more)
    {
        var keys = string.Concat(sort.Keys.Select(k => $", {k.ToSql()}"));
        var first = RecordType.KeptColumns + type.Fields.Count;
        return session.Read(
            $"select {type.Columns}{keys} from {type.Table} r where {where}{rest}",
            row =>
            {
                var record = type.Read(row);
                return (record, new Cursor([.. sort.Keys.Select((_, i) => Value(row, first + i))], record.Id));
            },
            [.. values, .. more]);
    }

    private static object? Value(NpgsqlDataReader row, int index) => row.IsDBNull(index) ? null
        : row.GetFieldType(index) == typeof(DateTime) && row.GetDataTypeName(index) != "date" ? row.GetFieldValue<DateTimeOffset>(index)
        : row.GetDataTypeName(index) == "date" ? row.GetFieldValue<DateOnly>(index) : row.GetValue(index);

    private bool NeverNull(SortKey key) => key.Field is "createdAt" or "updatedAt" or "id" or "version" || type.Find(key.Field) is { IsRequired: true };
}
