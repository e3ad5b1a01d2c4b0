using System.Diagnostics;
using System.Net;
using CrmPlatform.Hosting;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Bench;

/// <summary>What benchmarks stand on: databases of their own on the servers of CRM_TEST_POSTGRES and CRM_TEST_RABBITMQ, and processes to measure.</summary>
internal sealed class Ground : IAsyncDisposable
{
    /// <summary>The smallest service, as the name of a program.</summary>
    public const string Plain = "plain";

    public static readonly Guid Tenant = new("0199a000-0000-7000-8000-0000000be9c4");

    private readonly string folder = Directory.CreateTempSubdirectory("crm-bench").FullName;
    private readonly string prefix = $"bench{Guid.CreateVersion7():N}"[..20];
    private readonly List<Process> started = [];
    private readonly Dictionary<string, string> variables;
    private readonly TestKey key;

    public Ground()
    {
        Port = Ports.Block(10);
        variables = new Dictionary<string, string>
        {
            ["CRM_PORT"] = $"{Port}",
            ["CRM_POSTGRES"] = Needed("CRM_TEST_POSTGRES"),
            ["CRM_RABBITMQ"] = Needed("CRM_TEST_RABBITMQ"),
            ["CRM_DB_KEY"] = "bench",
            ["CRM_SECRET"] = "known to the bench alone, and long enough",
            ["CRM_DB_PREFIX"] = prefix,
            ["CRM_KEYS"] = Path.Combine(folder, "jwks.json"),
            ["CRM_ANCHOR_KEY"] = Path.Combine(folder, "anchor.pem"),
            ["CRM_ANCHOR_KEYS"] = Path.Combine(folder, "anchors.json"),
            ["CRM_ISSUER"] = "http://crm.test",
            ["CRM_ANCHORS"] = Path.Combine(folder, "anchors"),
            ["CRM_LOG"] = "Warning",
            ["CRM_LOG_FORMAT"] = "json",
            ["MASSTRANSIT_USAGE_TELEMETRY"] = "false",
        };
        key = new TestKey(variables["CRM_KEYS"]);
    }

    public int Port { get; }

    /// <summary>Who is entered.</summary>
    public People People { get; } = new();

    public string Edge => $"http://127.0.0.1:{Port}/api/v1";

    public string Contacts => $"http://127.0.0.1:{Port + 1}/api/v1";

    public string Smallest => $"http://127.0.0.1:{Port + 8}/api/v1/people";

    public string Bare => $"http://127.0.0.1:{Port + 9}";

    public Settings Settings => new(variables);

    /// <summary>A token without rate limit.</summary>
    public string Token => key.Token(variables["CRM_ISSUER"], Tenant, "Bench", ["crm.read", "crm.write"]);

    /// <summary>The same of another tenant.</summary>
    public string TokenFor(Guid tenant) => key.Token(variables["CRM_ISSUER"], tenant, "Bench", ["crm.read", "crm.write"]);

    /// <summary>The same for somebody with roles, in teams.</summary>
    public string TokenOf(string name, IReadOnlyList<string> roles, IReadOnlyList<Guid> teams) =>
        key.Token(variables["CRM_ISSUER"], Tenant, name, ["crm.read", "crm.write"], roles: roles, teams: teams);

    /// <summary>A connection that sees everything in a service's database.</summary>
    public NpgsqlDataSource Database(string service) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(variables["CRM_POSTGRES"]) { Database = $"{prefix}_{service}" });

    /// <summary>What the programs are told otherwise, or beside it.</summary>
    public void Say(string variable, string value) => variables[variable] = value;

    /// <summary>A folder that goes away with the measurement.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>Databases and queues for the services of a program.</summary>
    public async Task Provision(string assembly = "AllInOne")
    {
        await Verb(assembly, "keys");
        await Verb(assembly, "provision");
    }

    /// <summary>Has a program do one thing, and end.</summary>
    public async Task Verb(string assembly, string verb)
    {
        var process = Start([.. Program(assembly), verb]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{verb} failed.");
    }

    /// <summary>The whole platform in one process, or one service alone.</summary>
    public Process Host(string assembly = "AllInOne", params (string Name, string Value)[] others) => Start(Program(assembly), others);

    /// <summary>One service that cannot reach the broker: it takes changes and tells them later, so that writing is measured and nothing else.</summary>
    public Process HostWithoutBroker(string assembly) =>
        Start(Program(assembly), ("CRM_RABBITMQ", "amqp://nobody:nothing@127.0.0.1:1/"));

    /// <summary>The ceiling.</summary>
    /// <param name="like">The service whose tables it has, where it is not the smallest.</param>
    public Process BareHost(string? like = null)
    {
        var database = new NpgsqlConnectionStringBuilder(variables["CRM_POSTGRES"]) { Database = $"{prefix}_bare" };
        using (var admin = new NpgsqlConnection(variables["CRM_POSTGRES"]))
        {
            admin.Open();
            using var command = new NpgsqlCommand($"create database {prefix}_bare{(like is null ? "" : $" template {prefix}_{like}")}", admin);
            command.ExecuteNonQuery();
        }
        return Start([Path.Combine(AppContext.BaseDirectory, "CrmPlatform.Bench.dll"), like is null ? "bare" : "whole", Bare, database.ConnectionString]);
    }

    /// <summary>Where an app says that it can serve.</summary>
    public string Ready(int portOffset) => $"http://127.0.0.1:{Port + portOffset}/health/ready";

    /// <summary>Waits until an address answers well.</summary>
    public static async Task<TimeSpan> Answers(string url, TimeSpan within)
    {
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < within)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url));
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound)
                    return watch.Elapsed;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"{url} did not answer within {within}.");
    }

    public static async Task Stop(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
        await using var admin = NpgsqlDataSource.Create(variables["CRM_POSTGRES"]);
        foreach (var name in (string[])["bare", Plain, "contacts", "activities", "analytics", "identity", "integrations", "leads", "pipeline"])
        {
            await using var drop = admin.CreateCommand($"drop database if exists {prefix}_{name} with (force)");
            await drop.ExecuteNonQueryAsync();
        }
        await using var broker = await new ConnectionFactory { Uri = new Uri(variables["CRM_RABBITMQ"]) }.CreateConnectionAsync();
        await using var channel = await broker.CreateChannelAsync();
        foreach (var name in (string[])[Plain, "contacts", "activities", "analytics", "identity", "integrations", "leads", "pipeline", Topology.Stream])
        {
            await channel.QueueDeleteAsync(name);
            await channel.QueueDeleteAsync($"{name}.access");
        }
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Program(string name) => name == Plain
        ? [Path.Combine(AppContext.BaseDirectory, "CrmPlatform.Bench.dll"), Plain] : [Path.Combine(AppContext.BaseDirectory, $"CrmPlatform.{name}.dll")];

    private Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] others)
    {
        var info = new ProcessStartInfo("dotnet", arguments);
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        foreach (var (name, value) in others)
            info.Environment[name] = value;
        return Start(info);
    }

    /// <summary>Starts a program that ends with the measurement.</summary>
    public Process Start(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        started.Add(process);
        return process;
    }

    private static string Needed(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value : throw new InvalidOperationException($"{name} is not set; ./crm bench sets it.");
}
