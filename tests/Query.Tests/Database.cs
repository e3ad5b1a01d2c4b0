using CrmPlatform.Query.Tests;
using CrmPlatform.Testing.Servers;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Database))]

namespace CrmPlatform.Query.Tests;

/// <summary>
/// The PostgreSQL that CRM_TEST_POSTGRES names, or one of these tests' own; in it a database whose locale orders and folds text otherwise
/// than the language does, and sessions in a zone nobody asks from: neither may matter.
/// </summary>
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
        await Admin($"create database {name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'de-DE'");
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(admin)
        {
            Database = name,
            MaxPoolSize = 4,
            Timezone = "America/New_York",
        }.ConnectionString);
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
