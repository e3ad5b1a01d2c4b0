using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>The same services in two processes: both answer, one tells, one consumes, and either can be killed.</summary>
public sealed class TwoProcessesTests(RealPlatform platform)
{
    [Fact]
    public async Task Two_processes_share_the_work()
    {
        var tenant = Guid.CreateVersion7();
        var audit = await Audit.Begin(platform, tenant);
        await using var second = platform.Another("second");
        await second.StartReady();
        Assert.True(await platform.Host.Tells("contacts"));
        Assert.False(await second.Tells("contacts"));

        var writers = new Writers(platform.Service("contacts", tenant), second.Service("contacts").WithToken(platform.Token(tenant)));
        using var stop = new CancellationTokenSource();
        var work = writers.Work(people: 4, stop.Token);
        try
        {
            await TestCrm.Eventually(() => Assert.True(writers.Writes.Count > 300), HostProcess.Patience);
            await platform.Host.Kill();
            var told = await platform.Count("contacts", "select max(position) from chain");
            await TestCrm.Eventually(async () => Assert.True(await second.Tells("contacts")), HostProcess.Patience);
            await TestCrm.Eventually(
                async () => Assert.True(await platform.Count("contacts", "select max(position) from chain") > told + 100),
                HostProcess.Patience);
        }
        finally
        {
            await platform.Host.StartReady();
            await stop.CancelAsync();
        }
        await work;
        Assert.False(await platform.Host.Tells("contacts"), "The one that came back stands by.");
        Assert.Empty((await audit.Findings(writers.Writes)).Concat(writers.Surprises).Take(20));

        await second.Kill();
        await TestCrm.Eventually(async () => Assert.True(await platform.Host.Tells("contacts")), HostProcess.Patience);
        await platform.Host.Ready();
    }
}
