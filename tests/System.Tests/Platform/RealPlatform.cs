using System.Diagnostics;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;
using Npgsql;

namespace CrmPlatform.SystemTests.Platform;

/// <summary>
/// One installation as it runs in production: PostgreSQL, RabbitMQ and the host, each a process that can be killed. All tests share it;
/// each is a tenant of its own and begins with everything up.
/// </summary>
public sealed class RealPlatform : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-system-");
    private readonly Dictionary<string, string> environment = [];
    private readonly TraceCollector traces = new();
    private TestKey? key;

    /// <summary>The database server.</summary>
    public OwnPostgres Postgres { get; } = new();

    /// <summary>The broker.</summary>
    public OwnRabbitMq RabbitMq { get; } = new();

    /// <summary>All services in one process.</summary>
    public HostProcess Host { get; private set; } = null!;

    /// <summary>Address of the broker.</summary>
    public Uri Broker => new(RabbitMq.Address);

    /// <summary>What the services report of requests that are traced.</summary>
    internal TraceCollector Traces => traces;

    /// <summary>Starts the servers, provisions, starts the host.</summary>
    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Postgres.Start(), RabbitMq.Start());
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CRM_POSTGRES"] = Postgres.Address,
            ["CRM_RABBITMQ"] = RabbitMq.Address,
            ["CRM_DB_KEY"] = "known to the tests alone",
            ["CRM_SECRET"] = "known to the tests alone, and long enough",
            ["CRM_KEYS"] = Path.Combine(folder.FullName, "keys.json"),
            ["CRM_ANCHOR_KEY"] = Path.Combine(folder.FullName, "anchor.pem"),
            ["CRM_ANCHOR_KEYS"] = Path.Combine(folder.FullName, "anchors.json"),
            ["CRM_ISSUER"] = "http://crm.test",
            ["CRM_ANCHORS"] = Path.Combine(folder.FullName, "anchors"),
            ["CRM_LOG"] = "Warning",
            ["CRM_OTLP"] = traces.Address,
            ["CRM_TRACE_SAMPLE"] = "0.001", // those with the lowest ids
        })
            environment[name] = value;
        key = new TestKey(environment["CRM_KEYS"]);
        await Verb("keys");
        await Verb("provision");
        await Applications.CountThem(this);
        Host = Another("host");
        await Host.StartReady();
    }

    /// <summary>A further process of the same services on the same database and broker.</summary>
    public HostProcess Another(string name) => new(folder.FullName, environment, name);

    /// <summary>Runs the program with a verb; fails when it does.</summary>
    public async Task<string> Verb(params string[] arguments)
    {
        var (code, output) = await Try(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    /// <summary>Runs the program with a verb.</summary>
    public async Task<(int Code, string Output)> Try(params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", [HostProcess.Program, .. arguments]) };
        process.StartInfo.RedirectStandardOutput = process.StartInfo.RedirectStandardError = true;
        foreach (var (name, value) in environment)
            process.StartInfo.Environment[name] = value;
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>A token for somebody of a tenant, who has these roles, or may do everything where none is named.</summary>
    public string Token(Guid tenant, params string[] roles) => key!.Token(
        environment["CRM_ISSUER"], tenant, "Ada", [Scopes.Read, Scopes.Write, Scopes.Ops], roles: roles.Length > 0 ? roles : null);

    /// <summary>The door of an app, for a tenant.</summary>
    public Door Service(string app, Guid tenant) => Host.Service(app).WithToken(Token(tenant));

    /// <summary>All rows of a query in a service's database, of all tenants.</summary>
    public async Task<List<T>> Rows<T>(string service, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        // Not pooled: the server behind a kept connection may have been killed.
        var address = new NpgsqlConnectionStringBuilder(Postgres.Address) { Database = $"crm_{service}", Pooling = false };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        var rows = new List<T>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            rows.Add(read(row));
        return rows;
    }

    /// <summary>One number.</summary>
    public async Task<long> Count(string service, string sql, params object[] values) => (await Rows(service, sql, row => row.GetInt64(0), values))[0];

    /// <summary>Stops everything and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        await Task.WhenAll(Postgres.DisposeAsync().AsTask(), RabbitMq.DisposeAsync().AsTask());
        traces.Dispose();
        key?.Dispose();
        folder.Delete(recursive: true);
    }
}
