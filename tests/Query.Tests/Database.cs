using CrmPlatform.Query.Tests;
using CrmPlatform.Testing.Servers;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Database))]

namespace CrmPlatform.Query.Tests;

/// <summary>The PostgreSQL that CRM_TEST_POSTGRES names, or one of these tests' own; a database in it with the collation nobody chose.</summary>
public sealed class Database : IAsyncLifetime
{
    private readonly string name = $"query_{Guid.CreateVersion7():N}";
    private OwnPostgres? own;
    private string admin = Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") ?? "";
    private NpgsqlDataSource? source;

    public NpgsqlDataSource Source => source!;

    public async ValueTask InitializeAsync()
    {
        if (admin.Length == 0)
        {
            own = new OwnPostgres();
            await own.Start();
            admin = own.Address;
        }
        await Admin($"create database {name} template template0 encoding 'UTF8'");
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(admin) { Database = name, MaxPoolSize = 4 }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
            await source.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
        else
            await Admin($"drop database if exists {name} with (force)");
    }

    private async Task Admin(string sql)
    {
        await using var connection = new NpgsqlConnection(admin + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
