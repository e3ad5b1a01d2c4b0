using Dapper;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>Questions that are put together, and what comes of them.</summary>
public sealed partial class Session
{
    /// <summary>Rows of any shape, of a question whose values stand in numbered places and which may say <c>{me}</c> and <c>{teams}</c>.</summary>
    internal async Task<List<T>> Ask<T>(string sql, params object[] values)
    {
        Func<NpgsqlDataReader, T>? parse = null;
        return await Read(sql, row => (parse ??= Parser<T>(row))(row), values);
    }

    private static Func<NpgsqlDataReader, T> Parser<T>(NpgsqlDataReader row)
    {
        if (typeof(T) == typeof(string) || Nullable.GetUnderlyingType(typeof(T)) is not null)
            return r => r.IsDBNull(0) ? default! : r.GetFieldValue<T>(0);
        RowTypes.Tell();
        var parse = row.GetRowParser<T>();
        return r => parse(r);
    }
}
