using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal.Search;

/// <summary>Keeps what is searched of a record beside it, and the words that occur.</summary>
internal static class SearchStatements
{
    /// <summary>The texts of new records.</summary>
    public static NpgsqlBatchCommand Enter(SearchText search, Guid tenant, IReadOnlyDictionary<Guid, string> texts) => texts.Count == 1
        ? WithText($"insert into {search.Table} (tenant, id, text) values ($1, $2, $3)", tenant, texts.Single())
        : WithTexts($"insert into {search.Table} (tenant, id, text) select $1, v.id, v.text from unnest($2, $3) v(id, text)", tenant, texts);

    /// <summary>The texts of records that may have some. In the transaction of the records' own change, whose rows are locked.</summary>
    public static NpgsqlBatchCommand Keep(SearchText search, Guid tenant, IReadOnlyDictionary<Guid, string> texts) => WithTexts(
        $"""
        insert into {search.Table} (tenant, id, text) select $1, v.id, v.text from unnest($2, $3) v(id, text)
        on conflict (tenant, id) do update set text = excluded.text
        """, tenant, texts);

    /// <summary>Words. Nobody waits for one: it may be entered twice, which does no harm.</summary>
    public static NpgsqlBatchCommand Words(Guid tenant, IEnumerable<string> words) => new(
        """
        insert into search_word (tenant, word)
        select $1, w from unnest($2) w where not exists (select from search_word k where k.tenant = $1 and k.word = w)
        """)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<string[]> { TypedValue = [.. words] } },
    };

    private static NpgsqlBatchCommand WithText(string sql, Guid tenant, KeyValuePair<Guid, string> text) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = tenant },
            new NpgsqlParameter<Guid> { TypedValue = text.Key },
            new NpgsqlParameter<string> { TypedValue = text.Value },
        },
    };

    private static NpgsqlBatchCommand WithTexts(string sql, Guid tenant, IReadOnlyDictionary<Guid, string> texts) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = tenant },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = texts.Keys.ToArray() },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = texts.Values.ToArray() },
        },
    };
}
