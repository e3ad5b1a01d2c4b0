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
}
