using CrmPlatform.Testing;
using CrmPlatform.Testing.Servers;

namespace CrmPlatform.SystemTests.Platform;

/// <summary>The platform's program as an operating system process, on ports of its own.</summary>
public sealed class HostProcess(string folder, Dictionary<string, string> environment, string name) : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { Timeout = TimeSpan.FromSeconds(15) };

    private readonly Dictionary<string, int> ports = new() { ["contacts"] = 1, ["activities"] = 2, ["analytics"] = 3 };
    private readonly int port = Ports.Block(10);
    private ServerProcess? process;

    /// <summary>The assembly of everything in one process, as the build left it beside this one.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../../deploy/AllInOne/bin",
        Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../.."), AppContext.BaseDirectory),
        "CrmPlatform.AllInOne.dll"));

    /// <summary>Starts it without waiting.</summary>
    public void Start() => process = ServerProcess.StartAsUs(
        folder, name, "TERM", new Dictionary<string, string>(environment) { ["CRM_PORT"] = $"{port}" }, "dotnet", Program);

    /// <summary>Starts it and waits until every service can do all of its work.</summary>
    public async Task StartReady()
    {
        Start();
        await Ready();
    }

    /// <summary>Waits until every service can do all of its work.</summary>
    public async Task Ready()
    {
        foreach (var service in ports.Keys)
            await TestCrm.Eventually(async () => Assert.Equal("ready", (await Health(service))["status"].GetString()), TimeSpan.FromSeconds(60));
    }

    /// <summary>What a service says of itself.</summary>
    public Task<Reply> Health(string service) => Service(service).Look("/health/ready");

    /// <summary>kill -9.</summary>
    public Task Kill() => process!.Kill();

    /// <summary>The door of a service.</summary>
    public Door Service(string service) => new(Http, new Uri($"http://127.0.0.1:{port + ports[service]}"));

    /// <summary>Whether this process tells the entries of a service.</summary>
    public async Task<bool> Tells(string service) =>
        (await Service(service).Look("/metrics")).Text.Split('\n')
            .Any(line => line.StartsWith("crm_relay_active{", StringComparison.Ordinal) && line.EndsWith(" 1"));

    /// <summary>Everything it has logged.</summary>
    public string Log => process is null ? "" : File.ReadAllText(process.Log);

    /// <summary>Stops it in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        process = null;
    }
}
