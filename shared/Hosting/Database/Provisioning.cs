using CrmPlatform.Journal;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Search;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Hosting.Database;

/// <summary>
/// Makes a service's database what its code expects: the database, its three roles (the owner, who cannot log in; the service's login;
/// the login of its ops tasks) and all migrations. Safe to run again and by several processes at once.
/// </summary>
internal sealed class Provisioning(Settings settings, ILoggerFactory logs)
{
    private readonly ILogger log = logs.CreateLogger("provision");

    public async Task Run(IEnumerable<Service> services, CancellationToken cancel)
    {
        foreach (var service in services)
        {
            await Create(service.Name, cancel);
            await using var admin = await Open(settings.DatabaseName(service.Name), cancel);
            await new Migrations(admin, service, log).Run(cancel);
            await new SearchedTexts(admin, service.Contents.Records.Select(r => r.Type), log).Run(cancel);
            await Execute(admin, "reset role", cancel);
            if (!await Leakproof.Declare(admin, cancel))
                log.LogWarning("{Database}: this administrator cannot declare functions leakproof, so search and order by text are slow", admin.Database);
            await service.Journal(settings).DeclareQueues(logs.CreateLogger<Broker>(), cancel);
        }
    }

    private async Task Create(string service, CancellationToken cancel)
    {
        var database = settings.DatabaseName(service);
        await using var admin = await Open("postgres", cancel);
        await Execute(admin, "select pg_advisory_lock(hashtext('crm provisioning'))", cancel);
        await EnsureRole(admin, $"{database}_owner", null, cancel);
        await EnsureRole(admin, database, settings.Password(service, database), cancel);
        await EnsureRole(admin, $"{database}_ops", settings.Password(service, $"{database}_ops"), cancel);
        await Execute(admin, $"grant {Name(database + "_owner")} to current_user", cancel);
        // Indexes of custom fields come and go while the platform runs. Ops have the owner's rights only where they say `set role`.
        await Execute(admin, $"alter role {Name(database + "_ops")} noinherit", cancel);
        await Execute(admin, $"grant {Name(database + "_owner")} to {Name(database + "_ops")}", cancel);
        if (!await Exists(admin, "select 1 from pg_database where datname = $1", database, cancel))
        {
            await Execute(admin, $"create database {Name(database)} owner {Name(database + "_owner")} template template0 encoding 'UTF8'", cancel);
            log.LogInformation("Created the database {Database}", database);
        }
        await Execute(admin, $"revoke all on database {Name(database)} from public", cancel);
        await Execute(admin, $"grant connect on database {Name(database)} to {Name(database)}, {Name(database + "_ops")}", cancel);
    }

    private async Task<NpgsqlConnection> Open(string database, CancellationToken cancel)
    {
        // Not pooled: the session's locks end with it.
        var text = new NpgsqlConnectionStringBuilder(settings.PostgresAdmin) { Database = database, Pooling = false }.ConnectionString;
        var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private static async Task EnsureRole(NpgsqlConnection admin, string role, string? password, CancellationToken cancel)
    {
        if (!await Exists(admin, "select 1 from pg_roles where rolname = $1", role, cancel))
            await Execute(admin, $"create role {Name(role)} nologin", cancel);
        if (password is not null)
            await Execute(admin, $"alter role {Name(role)} login password '{password.Replace("'", "''", StringComparison.Ordinal)}'", cancel);
    }

    private static async Task<bool> Exists(NpgsqlConnection admin, string sql, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, admin) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    // Definitions take no parameters; a quoted name cannot end early.
    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
