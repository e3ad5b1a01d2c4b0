using Npgsql;

namespace CrmPlatform.Testing;

/// <summary>The roles of a service's database.</summary>
public enum As
{
    /// <summary>The service's own login.</summary>
    Service,

    /// <summary>Its ops tasks: relay, parked events, proof.</summary>
    Ops,

    /// <summary>The server's administrator, whom nothing stops.</summary>
    Admin,
}

/// <summary>SQL as one role, for tests that look past the service or attack it.</summary>
public sealed class Sql(NpgsqlDataSource source, Guid? tenant = null)
{
    /// <summary>The data source behind it.</summary>
    public NpgsqlDataSource Source => source;

    /// <summary>The same role, with the tenant set as a session of the platform sets it.</summary>
    public Sql For(Guid tenant) => new(source, tenant);

    /// <summary>The first column of the first row.</summary>
    public async Task<T> Value<T>(string sql, params object[] values) => (await Column<T>(sql, values)).First();

    /// <summary>The first column of all rows.</summary>
    public Task<List<T>> Column<T>(string sql, params object[] values) =>
        Rows(sql, row => row.IsDBNull(0) ? default! : row.GetFieldValue<T>(0), values);

    /// <summary>All rows.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await SetTenant(connection);
        var rows = new List<T>();
        await using (var command = Command(connection, sql, values))
        await using (var row = await command.ExecuteReaderAsync())
            while (await row.ReadAsync())
                rows.Add(read(row));
        await transaction.CommitAsync();
        return rows;
    }

    /// <summary>Executes a statement and says how many rows it touched.</summary>
    public async Task<int> Execute(string sql, params object[] values)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await SetTenant(connection);
        await using var command = Command(connection, sql, values);
        var touched = await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return touched;
    }

    private async Task SetTenant(NpgsqlConnection connection)
    {
        if (tenant is null)
            return;
        await using var command = Command(connection, "select set_config('crm.tenant', $1, true)", tenant.Value.ToString());
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
