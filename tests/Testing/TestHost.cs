using CrmPlatform.Testing.Servers;
using Xunit;
using Xunit.v3;

namespace CrmPlatform.Testing;

/// <summary>The servers and the running apps that all tests of an assembly share; each test is a tenant of its own in it.</summary>
public sealed class TestHost : IAsyncLifetime
{
    private TestServers? servers;
    private Installation? shared;

    /// <summary>The PostgreSQL and the RabbitMQ of this run.</summary>
    public TestServers Servers => servers ?? throw new InvalidOperationException("The test host has not started.");

    /// <summary>The apps of the assembly, running.</summary>
    public Installation Shared => shared ?? throw new InvalidOperationException("The test host has not started.");

    /// <summary>The host of the running test's assembly.</summary>
    public static async Task<TestHost> Current() => await TestContext.Current.GetFixture(typeof(TestHost)) as TestHost
        ?? throw new InvalidOperationException("This assembly does not say which apps it tests: [assembly: Runs(typeof(…Service))].");

    /// <summary>Starts servers, if none are given, and the apps.</summary>
    public async ValueTask InitializeAsync()
    {
        var assembly = ((IXunitTestAssembly)TestContext.Current.TestAssembly!).Assembly;
        var apps = assembly.GetCustomAttributes(typeof(RunsAttribute), false).Cast<RunsAttribute>().Single().Apps;
        servers = await TestServers.Start(apps);
        shared = await Installation.Start(servers, apps);
    }

    /// <summary>Stops the apps, drops what they had, stops the servers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
            await shared.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
    }
}
