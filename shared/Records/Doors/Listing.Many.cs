using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using Npgsql;

namespace CrmPlatform.Records.Doors;

/// <content>Many lists at once, and records by their ids: one statement, whatever their number.</content>
internal sealed partial class Listing
{
    /// <summary>Those of these records that belong to the list, in no order.</summary>
    public Task<List<Record>> These(Guid[] ids)
    {
        var sql = $"select {only.Columns} from {type.Table} r where {rows} and {where} and r.id = any(${values.Count + 1})";
        return where == "true" ? session.ById(sql, only.Read, [.. values, ids]) : session.Read(sql, only.Read, [.. values, ids]);
    }

    /// <summary>For each parent the first records that refer to it by a column, and where each list goes on.</summary>
    public async Task<Dictionary<Guid, Stretch>> PerParent(string column, Guid[] parents, Cursor? from, int limit)
    {
        var keys = order.Keys;
        var (beyond, more) = Beyond(from, ordered.Count + 1);
        var (first, way) = (only.Count, sort.Keys[^1].Descending ? "desc" : "asc");
        var named = string.Concat(keys.Select((_, i) => $", key{i}"));
        var found = await Few(
            from is null,
            $"select {only.Columns}{named}, asked.parent from unnest(${ordered.Count + 1}) asked(parent), lateral ("
            + $"select {only.Columns}{string.Concat(keys.Select((k, i) => $", {k} key{i}"))} from {type.Table} r{order.Join} "
            + $"where {rows} and {where} and r.{column} = asked.parent{beyond} order by {order.By}, r.id {way} limit {limit + 1}) r",
            row =>
            {
                var record = only.Read(row);
                return (Parent: row.GetGuid(first + keys.Count), Found: (record, new Cursor([.. keys.Select((_, i) => Value(row, first + i))], record.Id)));
            },
            [.. ordered, parents, .. more]);
        return found.GroupBy(f => f.Parent).ToDictionary(f => f.Key, f => Stretch.Of([.. f.Select(one => one.Found)], limit));
    }

    // Those of a list that nobody has said more of are found by keys: one plan is right for all values.
    private Task<List<T>> Few<T>(bool isFirst, string sql, Func<NpgsqlDataReader, T> row, params object[] its) =>
        isFirst && where == "true" && reach.Reach == Reach.All ? session.ById(sql, row, its) : session.Read(sql, row, its);

    /// <summary>How many records refer to each parent.</summary>
    public async Task<Dictionary<Guid, long>> Counts(string column, Guid[] parents) => (await session.Read(
        $"select r.{column}, count(*) from {type.Table} r where {rows} and {where} and r.{column} = any(${values.Count + 1}) group by 1",
        row => (Of: row.GetGuid(0), Count: row.GetInt64(1)), [.. values, parents])).ToDictionary(f => f.Of, f => f.Count);

    /// <summary>What is computed from the records of the list, in columns of JSON; with a column, for each parent that it refers to.</summary>
    public async Task<List<(Guid? Of, string[] Columns)>> Computed(
        IReadOnlyList<string> groups, IReadOnlyList<string> columns, string? column, Guid[] parents, int most)
    {
        string[] keys = [.. column is null ? [] : new[] { $"r.{column}" }, .. groups];
        var of = column is null ? "" : $" and r.{column} = any(${values.Count + 1})";
        var grouped = keys.Length == 0 ? "" : $" group by {string.Join(", ", keys)}";
        string[] asJson = [.. groups.Concat(columns).Select(c => $"coalesce(to_jsonb({c}), 'null')::text")];
        return await session.Read(
            $"select {(column is null ? "null::uuid" : $"r.{column}")}, {string.Join(", ", asJson)} from {type.Table} r "
            + $"where {rows} and {where}{of}{grouped} order by count(*) desc limit {most}",
            row => (row.IsDBNull(0) ? (Guid?)null : row.GetGuid(0), asJson.Select((_, i) => row.GetString(i + 1)).ToArray()),
            [.. values, .. column is null ? [] : new object[] { parents }]);
    }
}
