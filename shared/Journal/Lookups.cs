using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>
/// Finds one row by its id. Connections of their own, on which nothing else is ever asked, keep the tenant they asked for last, so that most rows are found
/// with one statement instead of two.
/// </summary>
/// <remarks>
/// What is remembered of a connection only makes it quick. A row is shown if row-level security and the statement itself agree on its tenant, so a wrong
/// memory finds nothing; and nothing is believed only after the tenant was said once more.
/// </remarks>
public sealed class Lookups : IAsyncDisposable
{
    /// <summary>How many at once: more would not be quicker.</summary>
    internal const int Connections = 16;

    private const int MostRemembered = 1000;

    // By the number of the process behind a connection.
    private readonly ConcurrentDictionary<int, Guid> tenants = new();
    private readonly NpgsqlDataSource data;

    internal Lookups(NpgsqlDataSource data) => this.data = data;

    /// <summary>The row a statement finds with a tenant and an id, or null.</summary>
    internal async Task<T?> Find<T>(string sql, Guid tenant, Guid id, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        where T : class
    {
        for (var isFirst = true; ; isFirst = false)
        {
            await using var connection = await data.OpenConnectionAsync(cancel);
            try
            {
                return tenants.TryGetValue(connection.ProcessID, out var last) && last == tenant
                    && await Again(connection, sql, tenant, id, read, cancel) is { } found ? found : await Anew(connection, sql, tenant, id, read, cancel);
            }
            catch (NpgsqlException) when (isFirst && connection.State != ConnectionState.Open && !cancel.IsCancellationRequested)
            {
                continue; // it had ended unseen while it lay in the pool
            }
        }
    }

    /// <summary>Closes its connections.</summary>
    public ValueTask DisposeAsync() => data.DisposeAsync();

    private static async Task<T?> Again<T>(
        NpgsqlConnection connection, string sql, Guid tenant, Guid id, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        where T : class
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<Guid> { TypedValue = id } },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? read(row) : null;
    }

    private async Task<T?> Anew<T>(NpgsqlConnection connection, string sql, Guid tenant, Guid id, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        where T : class
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select set_config('crm.tenant', $1, false)") { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } },
                new(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<Guid> { TypedValue = id } } },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancel);
        await row.NextResultAsync(cancel);
        var found = await row.ReadAsync(cancel) ? read(row) : null;
        if (tenants.Count >= MostRemembered)
            tenants.Clear();
        tenants[connection.ProcessID] = tenant;
        return found;
    }
}
