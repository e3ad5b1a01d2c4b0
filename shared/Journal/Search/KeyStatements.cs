using CrmPlatform.Journal.Records;
using Npgsql;

namespace CrmPlatform.Journal.Search;

/// <summary>Keeps by what records are recognised beside them.</summary>
internal static class KeyStatements
{
    /// <summary>By what a record is recognised: nothing in the trash is, and nothing by what cannot be kept.</summary>
    public static IReadOnlySet<string> Of(Record? record) => record is null or { DeletedAt: not null } ? new HashSet<string>()
        : RecordKeys.Kept(record.RecognisedBy()).ToHashSet();

    /// <param name="areNew">Whether none of the records was there before; then none of their keys was.</param>
    public static NpgsqlBatchCommand Add(RecordType type, Guid tenant, IReadOnlyCollection<(Guid Id, string Key)> keys, bool areNew) => With(
        $"insert into record_key (tenant, record, key, id) select $1, $2, k, i from unnest($3, $4) v(k, i){(areNew ? "" : " on conflict do nothing")}",
        type, tenant, keys);

    public static NpgsqlBatchCommand Remove(RecordType type, Guid tenant, IReadOnlyCollection<(Guid Id, string Key)> keys) => With(
        "delete from record_key r using unnest($3, $4) v(k, i) where r.tenant = $1 and r.record = $2 and r.key = v.k and r.id = v.i", type, tenant, keys);

    private static NpgsqlBatchCommand With(string sql, RecordType type, Guid tenant, IReadOnlyCollection<(Guid Id, string Key)> keys) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = tenant },
            new NpgsqlParameter<string> { TypedValue = type.Name },
            new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(k => k.Key)] },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. keys.Select(k => k.Id)] },
        },
    };
}
