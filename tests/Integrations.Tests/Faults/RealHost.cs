using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;
using Npgsql;
using Xunit;

namespace CrmPlatform.Integrations.Tests.Faults;

/// <summary>Contacts and integrations as they run in production, with a database and a broker of their own: each a process that can be killed.</summary>
internal sealed class RealHost : IAsyncDisposable
{
    private static readonly string Assembly = typeof(RealHost).Assembly.Location;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-webhooks-");
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int port = Ports.Block(10);
    private readonly SigningKey key;
    private readonly Dictionary<string, string> environment;
    private ServerProcess? process;

    private RealHost()
    {
        key = SigningKey.OpenOrCreate(In("signing.pem"));
        key.Publish(In("keys.json"));
        Clock = new ClockFile(In("clock"));
        environment = new Dictionary<string, string>
        {
            ["CRM_PORT"] = $"{port}",
            ["CRM_DB_KEY"] = "known to the tests alone",
            ["CRM_SECRET"] = "known to the tests alone, and long enough",
            ["CRM_KEYS"] = In("keys.json"),
            ["CRM_ANCHOR_KEY"] = In("anchor.pem"),
            ["CRM_ANCHOR_KEYS"] = In("anchors.json"),
            ["CRM_ANCHORS"] = In("anchors"),
            ["CRM_ISSUER"] = "http://crm.test",
            ["CRM_WEBHOOK_NETWORKS"] = "127.0.0.0/8",
            ["CRM_WEBHOOK_TIMEOUT"] = "2",
            ["CRM_LOG"] = "Warning",
        };
    }

    public OwnPostgres Postgres { get; } = new();

    public OwnRabbitMq RabbitMq { get; } = new();

    public ClockFile Clock { get; }

    public static async Task<RealHost> Begin()
    {
        var made = new RealHost();
        await Task.WhenAll(made.Postgres.Start(), made.RabbitMq.Start());
        (made.environment["CRM_POSTGRES"], made.environment["CRM_RABBITMQ"]) = (made.Postgres.Address, made.RabbitMq.Address);
        foreach (var verb in new[] { "keys", "provision" })
            await made.Verb(verb);
        await made.Start();
        return made;
    }

    /// <summary>Starts it, and waits until it can do all of its work.</summary>
    public async Task Start()
    {
        process = ServerProcess.StartAsUs(folder.FullName, "host", "TERM", environment, [Environment.ProcessPath!, .. Arguments]);
        await Ready();
    }

    public async Task Ready()
    {
        foreach (var offset in new[] { 1, 7 })
            await TestCrm.Eventually(async () =>
            {
                var health = await At(offset).Look("/health/ready");
                Assert.True(health["status"].GetString() == "ready", $"{health.Text}\n{string.Join('\n', File.ReadLines(process!.Log).TakeLast(20))}");
            }, Patience);
    }

    /// <summary>kill -9.</summary>
    public Task Kill() => process!.Kill();

    public Door Contacts(Guid tenant) => At(1).WithToken(Token(tenant));

    public Door Hooks(Guid tenant) => At(7).WithToken(Token(tenant));

    public async Task<List<T>> Rows<T>(string service, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        var address = new NpgsqlConnectionStringBuilder(Postgres.Address) { Database = $"crm_{service}", Pooling = false };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        var rows = new List<T>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            rows.Add(read(row));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        await Task.WhenAll(Postgres.DisposeAsync().AsTask(), RabbitMq.DisposeAsync().AsTask());
        http.Dispose();
        Clock.Dispose();
        key.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task Verb(string verb)
    {
        using var program = new Process { StartInfo = new ProcessStartInfo(Environment.ProcessPath!, [.. Arguments, verb]) };
        program.StartInfo.RedirectStandardOutput = program.StartInfo.RedirectStandardError = true;
        foreach (var (name, value) in environment)
            program.StartInfo.Environment[name] = value;
        program.Start();
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 0, $"{verb} ended with {program.ExitCode}: {await output}{await errors}");
    }

    private string[] Arguments => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Assembly, Program.Host, In("clock")] : [Program.Host, In("clock")];

    // Good for as long as the clock may be put forward.
    private string Token(Guid tenant) => key.Issue(
        new Caller(new Actor(ActorKind.User, "ada", "Ada"), tenant, new HashSet<string> { "crm.read", "crm.write" }, "internal",
            TimeProvider.System.GetUtcNow().AddYears(1)), environment["CRM_ISSUER"], TimeProvider.System.GetUtcNow());

    private Door At(int offset) => new(http, new Uri($"http://127.0.0.1:{port + offset}"));

    private string In(string file) => Path.Combine(folder.FullName, file);
}
