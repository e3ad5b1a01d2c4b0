using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;

namespace CrmPlatform.SystemTests.Platform;

/// <summary>The platform's program as an operating system process, on ports of its own.</summary>
public sealed class HostProcess(string folder, Dictionary<string, string> environment, string name) : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>How long anything may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, int> ports = new()
    {
        ["edge"] = 0,
        ["contacts"] = 1,
        ["activities"] = 2,
        ["analytics"] = 3,
        ["identity"] = 4,
        ["leads"] = 5,
        ["pipeline"] = 6,
        ["integrations"] = 7,
    };

    private readonly int port = Ports.Block(10);
    private ServerProcess? process;

    /// <summary>The assembly of everything in one process, as the build left it beside this one.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../../deploy/AllInOne/bin",
        Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../.."), AppContext.BaseDirectory), "CrmPlatform.AllInOne.dll"));

    /// <summary>Starts it and waits until it answers, whatever it answers.</summary>
    public async Task StartAnswering()
    {
        Start();
        await TestCrm.Eventually(() => Service("edge").Look("/health/live"), Patience);
    }

    /// <summary>Starts it and waits until every service can do all of its work.</summary>
    public async Task StartReady()
    {
        Start();
        await Ready();
    }

    /// <summary>Waits until every service can do all of its work.</summary>
    public async Task Ready()
    {
        foreach (var app in ports.Keys)
            await TestCrm.Eventually(async () =>
            {
                var health = await Health(app);
                Assert.True(health["status"].GetString() == "ready", $"{app} is not ready: {health.Text}");
            }, Patience);
    }

    /// <summary>What an app says of itself.</summary>
    public Task<Reply> Health(string app) => Service(app).Look("/health/ready");

    /// <summary>kill -9.</summary>
    public Task Kill() => process!.Kill();

    /// <summary>The door of an app.</summary>
    public Door Service(string app) => new(Http, new Uri($"http://127.0.0.1:{port + ports[app]}"));

    /// <summary>Whether this process tells the entries of a service.</summary>
    public async Task<bool> Tells(string service) => (await Service(service).Look("/metrics")).Text.Split('\n')
        .Any(line => line.StartsWith("crm_relay_active{", StringComparison.Ordinal) && line.EndsWith(" 1"));

    /// <summary>The last it has logged, for the person who reads why a test failed.</summary>
    public string Log => process is null ? "" : string.Join('\n', File.ReadLines(process.Log).TakeLast(40));

    /// <summary>Stops it in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        process = null;
    }

    private void Start() => process = ServerProcess.StartAsUs(
        folder, name, "TERM", new Dictionary<string, string>(environment) { ["CRM_PORT"] = $"{port}" }, "dotnet", Program);
}
