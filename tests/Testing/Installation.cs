using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Database;
using CrmPlatform.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CrmPlatform.Testing;

/// <summary>
/// Apps of the platform with databases, ports and keys of their own, started by the production host. Tests share one; a test that must
/// break things (forge a journal, take the broker away) starts another for itself. Both use one broker, whose queues carry the services'
/// names: another installation is for services that consume nothing.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> logins = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 });
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-test-");
    private readonly Dictionary<string, string> variables;
    private readonly IReadOnlyDictionary<string, string> overrides;
    private readonly SigningKey key;
    private CrmHost? host;

    private Installation(TestServers servers, IReadOnlyList<App> apps, IReadOnlyDictionary<string, string> overrides)
    {
        (Servers, Apps) = (servers, apps);
        key = SigningKey.OpenOrCreate(In("signing.pem"));
        key.Publish(In("keys.json"));
        using (var anchors = SigningKey.OpenOrCreate(In("anchor.pem")))
            anchors.Publish(In("anchors.json"));
        variables = new Dictionary<string, string>
        {
            ["CRM_POSTGRES"] = servers.Postgres,
            ["CRM_RABBITMQ"] = servers.RabbitMq,
            ["CRM_DB_PREFIX"] = $"crm_test_{Guid.CreateVersion7():N}"[..28], // unlike any other run's on the same server
            ["CRM_DB_KEY"] = "known to the tests alone",
            ["CRM_SECRET"] = "known to the tests alone, and long enough",
            ["CRM_MAIL"] = In("mail"),
            ["CRM_ANCHOR_KEY"] = In("anchor.pem"),
            ["CRM_ANCHOR_KEYS"] = In("anchors.json"),
            ["CRM_ANCHORS"] = In("anchors"),
            ["CRM_WEBHOOK_TIMEOUT"] = "3",
            ["CRM_WEBHOOK_NETWORKS"] = "127.0.0.0/8", // receivers of the tests
            ["CRM_LOG"] = "Critical",
        };
        this.overrides = overrides;
        Settings = Configured();
    }

    /// <summary>The apps it consists of.</summary>
    public IReadOnlyList<App> Apps { get; }

    /// <summary>How it is configured.</summary>
    public Settings Settings { get; private set; }

    /// <summary>The servers it uses.</summary>
    public TestServers Servers { get; }

    internal HttpClient Http => http;

    /// <summary>Makes the databases and starts the apps. Variables given here override those the tests use.</summary>
    public static async Task<Installation> Start(
        TestServers servers, IReadOnlyList<App> apps, IReadOnlyDictionary<string, string>? overrides = null, bool run = true)
    {
        var made = new Installation(servers, apps, overrides ?? new Dictionary<string, string>());
        await made.Provision();
        if (run)
            await made.Run();
        return made;
    }

    /// <summary>Another installation of the given apps beside the shared one, for the test that needs one to itself.</summary>
    public static async Task<Installation> Apart(IReadOnlyDictionary<string, string>? overrides, params App[] apps) =>
        await Start(await (await TestHost.Current()).Servers, apps, overrides);

    /// <summary>Makes databases and broker ready, as the verb <c>provision</c> does.</summary>
    public Task Provision() => new Provisioning(
        new Settings(new Dictionary<string, string>(variables) { ["CRM_RABBITMQ"] = Servers.RabbitMq }), NullLoggerFactory.Instance)
        .Run(Apps.OfType<Service>(), CancellationToken.None);

    /// <summary>Starts the apps, on other ports if somebody took these meanwhile.</summary>
    public async Task Run(int attempts = 5)
    {
        try
        {
            host = await CrmHost.Start(Settings, Apps);
        }
        catch (IOException) when (attempts > 1)
        {
            Settings = Configured();
            await Run(attempts - 1);
        }
    }

    /// <summary>Stops the apps in good order and leaves their databases.</summary>
    public async Task Stop()
    {
        if (host is null)
            return;
        await host.Stop();
        await host.DisposeAsync();
        host = null;
    }

    /// <summary>Starts the same apps once more, on other ports over the same databases: a second replica.</summary>
    public Task<CrmHost> Replica() => CrmHost.Start(
        new Settings(new Dictionary<string, string>(variables) { ["CRM_PORT"] = FreePorts() }),
        [.. Apps.Select(a => (App)Activator.CreateInstance(a.GetType())!)]);

    /// <summary>A tenant nobody else has.</summary>
    public TestCrm Tenant() => new(this, Guid.CreateVersion7());

    /// <summary>What the container of an app holds.</summary>
    public T Get<T>(string app)
        where T : notnull => host!.ServicesOf(App(app)).GetRequiredService<T>();

    /// <summary>Direct access to a service's database as one of its roles, past everything the service does.</summary>
    public Sql Sql(string service, As role)
    {
        var database = Settings.DatabaseName(service);
        var text = role is As.Admin
            ? new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = database }.ConnectionString
            : Settings.Database(service, ops: role is As.Ops);
        return new Sql(logins.GetOrAdd(text, NpgsqlDataSource.Create));
    }

    /// <summary>A token as the platform's own key signs it.</summary>
    public string Token(Guid tenant, string user, params string[] scopes) => Token(tenant, user, scopes, null, []);

    /// <summary>The same for somebody with roles: what these do not allow, the scopes do not either.</summary>
    public string Token(Guid tenant, string user, IEnumerable<string> scopes, IReadOnlyList<string>? roles, IReadOnlyList<Guid> teams)
    {
        var now = TimeProvider.System.GetUtcNow();
        var actor = new Actor(ActorKind.User, user, user);
        return key.Issue(
            new Caller(actor, tenant, scopes.ToHashSet(StringComparer.Ordinal), "standard", now.AddHours(1)) { Roles = roles, Teams = teams },
            Settings.Issuer, now);
    }

    /// <summary>A token that says of its caller what is given.</summary>
    public string Token(Caller caller) => key.Issue(caller, Settings.Issuer, TimeProvider.System.GetUtcNow());

    internal Uri Address(string app) => new($"http://127.0.0.1:{Settings.Port + App(app).PortOffset}");

    /// <summary>Stops everything and removes databases, logins and files.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        foreach (var login in logins.Values)
            await login.DisposeAsync();
        foreach (var service in Apps.OfType<Service>())
            await Servers.Drop(Settings.DatabaseName(service.Name));
        http.Dispose();
        key.Dispose();
        folder.Delete(recursive: true);
    }

    // On free ports, with tokens of the tests' own key and, where it runs, of identity's.
    private Settings Configured()
    {
        var port = int.Parse(FreePorts());
        variables["CRM_PORT"] = $"{port}";
        variables["CRM_ISSUER"] = $"http://127.0.0.1:{port}";
        variables["CRM_KEYS"] = string.Join(
            ',', Apps.Where(app => app.Name == "identity").Select(app => $"http://127.0.0.1:{port + app.PortOffset}/.well-known/jwks.json")
                .Prepend(In("keys.json")));
        foreach (var (name, value) in overrides)
            variables[name] = value;
        return new Settings(variables);
    }

    private App App(string name) => Apps.FirstOrDefault(a => a.Name == name)
        ?? throw new ArgumentException($"'{name}' does not run here; only {string.Join(", ", Apps.Select(a => a.Name))}.");

    private string FreePorts() => $"{Ports.Block(Apps.Max(a => a.PortOffset) + 1)}";

    private string In(string file) => Path.Combine(folder.FullName, file);
}
