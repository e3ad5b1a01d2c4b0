using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;

namespace CrmPlatform.SystemTests;

/// <summary>The promise of the platform, under kill -9 of everything it consists of.</summary>
public sealed class NothingIsLostTests(RealPlatform platform, ITestOutputHelper output)
{
    private const int People = 8;

    // CRM_TEST_KILL_SECONDS makes it longer (a night) or shorter.
    private static readonly TimeSpan Time =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CRM_TEST_KILL_SECONDS") ?? "40"));

    [Fact]
    public async Task Nothing_is_lost_when_everything_is_killed()
    {
        var tenant = Guid.CreateVersion7();
        var audit = await Audit.Begin(platform, tenant);
        var door = platform.Service("contacts", tenant);
        var (writers, chaos, stop) = (new Writers(() => door), new Chaos(platform), new CancellationTokenSource());

        var work = writers.Work(People, stop.Token);
        await chaos.Run(Time);
        await stop.CancelAsync();
        await work;
        await platform.Host.Ready();

        var findings = await audit.Findings(writers.Writes);
        output.WriteLine($"{writers.Figures}; {chaos.Figures}");
        Assert.Empty(findings.Concat(writers.Surprises).Take(20));
    }
}
