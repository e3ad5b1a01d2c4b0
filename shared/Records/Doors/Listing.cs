using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Query;
using CrmPlatform.Records.Search;
using Npgsql;

namespace CrmPlatform.Records.Doors;

/// <summary>
/// Finds a page of records in any order, from a place in it on. Ordered by one field the page is a stretch of an index on it, however deep:
/// first the records that have a value there, then those that have none.
/// </summary>
internal sealed partial class Listing
{
    /// <summary>The number of the first parameter a filter may use.</summary>
    public const int FirstOfFilter = 2;

    private readonly Session session;
    private readonly RecordType type;
    private readonly Sort sort;
    private readonly Searched? searched;
    private readonly List<object> values;
    private readonly OrderSql order;
    private readonly List<object> ordered; // the values, then those of the order
    private readonly string rows;
    private readonly string where;
    private readonly int firstOfSearch;
    private readonly int? window;
    private readonly Reaching reach;
    private readonly bool isMerged;
    private readonly Excerpt only;

    /// <param name="session">Whose records.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="reach">Those the caller sees.</param>
    /// <param name="sort">Their order.</param>
    /// <param name="context">Who asks, and when.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="trashed">Those in the trash, or those that are not.</param>
    /// <param name="searched">What they are searched for.</param>
    /// <param name="among">Among which records they are, where that is known.</param>
    /// <param name="window">Among how many of the first ones in the order, where no more are to be looked at.</param>
    /// <param name="only">What of them is read; all of them where nothing is said.</param>
    public Listing(
        Session session, RecordType type, Reaching reach, Sort sort, Context context,
        SqlText? filter, bool trashed, Searched? searched = null, Guid[]? among = null, int? window = null, Excerpt? only = null)
    {
        (this.session, this.type, this.reach, this.sort, this.only) = (session, type, reach, sort, only ?? type.Whole);
        (this.searched, this.window) = (searched, window);
        values = [session.Cause.Tenant, .. filter?.Parameters ?? []];
        rows = $"r.tenant = $1 and r.deleted_at is {(trashed ? "not null" : "null")}{reach.And()}";
        where = filter is null ? "true" : $"({filter.Text})";
        isMerged = reach is { Reach: Reach.Team, Standing.Teams.Count: > 0 } && filter is null && searched is null && !trashed && window is null;
        if (searched is not null)
        {
            firstOfSearch = values.Count + 1;
            values.AddRange(searched.Values);
            where += $" and {searched.Where(firstOfSearch)}";
        }
        if (searched is not null && among is not null)
        {
            values.Add(among);
            rows += $" and r.id = any(${values.Count})";
        }
        order = sort.ToSql(context, new("r", values.Count + 1));
        ordered = [.. values, .. order.Parameters];
    }

    public async Task<Stretch> Page(Cursor? from, int limit)
    {
        var found = new List<(Record Record, Cursor Place)>();
        if (sort.Keys is [var key])
        {
            if (from is not { Values: [null] })
                found.AddRange(await OfIndex(key, from, limit + 1));
            if (found.Count <= limit && !NeverNull(key) && window is null)
                found.AddRange(await Rest(key, from is { Values: [null] } ? from.Id : null, limit + 1 - found.Count));
        }
        else
            found.AddRange(await ByMany(from, limit + 1));
        return Stretch.Of(found, limit);
    }

    public async Task<long> Count() =>
        (await session.Read($"select count(*) from {type.Table} r{searched?.Join} where {rows} and {where}", row => row.GetInt64(0), [.. values]))[0];

    /// <summary>A page of what fits best, the newest first of what fits alike.</summary>
    public async Task<Stretch> Best(Cursor? from, int limit)
    {
        var rank = $"({searched!.Rank(firstOfSearch)})";
        var next = ordered.Count + 1;
        var beyond = from is null ? "" : $" and ({rank} > ${next} or {rank} = ${next} and (r.created_at, r.id) < (${next + 1}, ${next + 2}))";
        var found = await Rows(
            beyond, $"{rank}, r.created_at desc, r.id desc", limit + 1,
            from is null ? [] : [from.Values[0]!, from.Values[1]!, from.Id], [rank, "r.created_at"]);
        return Stretch.Of(found, limit);
    }

    private Task<List<(Record Record, Cursor Place)>> OfIndex(SortKey key, Cursor? from, int limit)
    {
        var (sql, way) = (order.Keys[0], key.Descending ? "desc" : "asc");
        var beyond = NeverNull(key) ? "" : $" and {sql} is not null"; // said also where it follows: indexes of custom fields leave nulls out
        if (from is not null)
            beyond += $" and ({sql}, r.id) {(key.Descending ? "<" : ">")} (${ordered.Count + 1}, ${ordered.Count + 2})";
        if (isMerged && key.Field == "createdAt")
            return OfTeams(new Merged(type, reach, way, limit, beyond), $"{sql} {way}, r.id {way}", from);
        return Rows(beyond, $"{sql} {way}, r.id {way}", limit, from is null ? [] : [from.Values[0]!, from.Id]);
    }

    private async Task<List<(Record Record, Cursor Place)>> OfTeams(Merged merged, string by, Cursor? from)
    {
        Task<List<(Record Record, Cursor Place)>> These(string ids) =>
            Rows("", by, merged.Limit, from is null ? [] : [from.Values[0]!, from.Id], among: $" and r.id in {ids}");
        return merged.IsBroad && await These(merged.AmongNewest) is { } page && page.Count == merged.Limit ? page : await These(merged.OfEachTeam);
    }

    private Task<List<(Record Record, Cursor Place)>> Rest(SortKey key, Guid? from, int limit)
    {
        var way = key.Descending ? "desc" : "asc";
        var beyond = from is null ? "" : $" and r.id {(key.Descending ? "<" : ">")} ${ordered.Count + 1}";
        return Rows($" and {order.Keys[0]} is null{beyond}", $"r.id {way}", limit, from is { } id ? [id] : []);
    }

    private Task<List<(Record Record, Cursor Place)>> ByMany(Cursor? from, int limit)
    {
        var (beyond, more) = Beyond(from, ordered.Count);
        return Rows(beyond, $"{order.By}, r.id {(sort.Keys[^1].Descending ? "desc" : "asc")}", limit, more);
    }

    // What comes after a place, in an order of any number of fields; so many values stand before.
    private (string Sql, IReadOnlyList<object> Values) Beyond(Cursor? from, int before)
    {
        var more = new List<object>();
        string Place(object value)
        {
            more.Add(value);
            return $"${before + more.Count}";
        }

        // (a > 1) or (a = 1 and b > 2) or (a = 1 and b = 2 and id > 3), with nulls last
        var (alternatives, equal) = (new List<string>(), "");
        for (var i = 0; from is not null && i < sort.Keys.Count; i++)
        {
            var sql = order.Keys[i];
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
        return (beyond, more);
    }

    private Task<List<(Record Record, Cursor Place)>> Rows(
        string beyond, string by, int limit, IEnumerable<object> more, IReadOnlyList<string>? keys = null, string? among = null)
    {
        keys ??= order.Keys;
        var first = only.Count;
        var from = window is null ? $"{type.Table} r{order.Join}"
            : $"(select tenant, {type.Columns} from {type.Table} r{order.Join} where {rows}{beyond} order by {by} limit {window}) r{order.Join}";
        return session.Read(
            $"select {only.Columns}{string.Concat(keys.Select(k => $", {k}"))} from {from}{searched?.Join} "
            + $"where {(among is not null ? $"r.tenant = $1{among}" : window is null ? $"{rows} and {where}{beyond}" : where)} order by {by} limit {limit}",
            row =>
            {
                var record = only.Read(row);
                return (record, new Cursor([.. keys.Select((_, i) => Value(row, first + i))], record.Id));
            },
            [.. ordered, .. more]);
    }

    private static object? Value(NpgsqlDataReader row, int index) => row.IsDBNull(index) ? null
        : row.GetFieldType(index) != typeof(DateTime) ? row.GetValue(index)
        : row.GetDataTypeName(index) == "date" ? row.GetFieldValue<DateOnly>(index) : row.GetFieldValue<DateTimeOffset>(index);

    private bool NeverNull(SortKey key) => key.Field is "createdAt" or "updatedAt" or "id" or "version" || type.Find(key.Field) is { IsRequired: true };
}
