using CrmPlatform.Hosting;
using CrmPlatform.Testing.Servers;
using Xunit;
using Xunit.v3;

namespace CrmPlatform.Testing;

/// <summary>
/// The servers and the running apps that all tests of an assembly share; each test is a tenant of its own in it. Everything starts with
/// the first test that asks, so tests that need none of it wait for none of it.
/// </summary>
public sealed class TestHost : IAsyncLifetime
{
    private Lazy<Task<TestServers>> servers = Nothing<TestServers>();
    private Lazy<Task<Installation>> shared = Nothing<Installation>();

    /// <summary>The PostgreSQL and the RabbitMQ of this run.</summary>
    public Task<TestServers> Servers => servers.Value;

    /// <summary>The apps of the assembly, running.</summary>
    public Task<Installation> Shared => shared.Value;

    /// <summary>The host of the running test's assembly.</summary>
    public static async Task<TestHost> Current() => await TestContext.Current.GetFixture(typeof(TestHost)) as TestHost
        ?? throw new InvalidOperationException("This assembly does not say which apps it tests: [assembly: Runs(typeof(…Service))].");

    /// <summary>Reads which apps the assembly runs.</summary>
    public ValueTask InitializeAsync()
    {
        var assembly = ((IXunitTestAssembly)TestContext.Current.TestAssembly!).Assembly;
        var apps = assembly.GetCustomAttributes(typeof(RunsAttribute), false).Cast<RunsAttribute>().Single().Apps;
        servers = new(() => TestServers.Start(apps));
        shared = new(() => Start(apps));
        return default;
    }

    /// <summary>Stops the apps, drops what they had, stops the servers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (shared.IsValueCreated && shared.Value.IsCompletedSuccessfully)
            await (await Shared).DisposeAsync();
        if (servers.IsValueCreated && servers.Value.IsCompletedSuccessfully)
            await (await Servers).DisposeAsync();
    }

    private async Task<Installation> Start(IReadOnlyList<App> apps) => await Installation.Start(await Servers, apps);

    private static Lazy<Task<T>> Nothing<T>() => new(() => throw new InvalidOperationException("The test host is not initialized."));
}
