using CrmPlatform.SystemTests.Load;
using CrmPlatform.SystemTests.Platform;
using CrmPlatform.SystemTests.Proof;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>The promise of the platform, under kill -9 of everything it consists of.</summary>
public sealed class NothingIsLostTests(RealPlatform platform, ITestOutputHelper output)
{
    private const int People = 8, Fewest = 200;

    // CRM_TEST_KILL_SECONDS makes it longer (a night) or shorter.
    private static readonly TimeSpan Time =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CRM_TEST_KILL_SECONDS") ?? "40"));

    [Fact]
    public async Task Nothing_is_lost_when_everything_is_killed()
    {
        var tenant = Guid.CreateVersion7();
        var audit = await Audit.Begin(platform, tenant);
        Door[] doors = [platform.Service("edge", tenant), platform.Service("contacts", tenant)];
        using var stop = new CancellationTokenSource();
        var (writers, chaos) = (new Writers(doors), new Chaos(platform));

        var work = writers.Work(People, stop.Token);
        await chaos.Run(Time);
        await stop.CancelAsync();
        await work;
        await platform.Host.Ready();

        string[] findings = [.. await audit.Findings(writers.Writes), .. writers.Surprises];
        output.WriteLine($"{writers.Figures}; {chaos.Figures}");
        if (findings.Length > 0)
            output.WriteLine(platform.Host.Log);
        Assert.Empty(findings.Take(20));
        Assert.True(writers.Writes.Count > Fewest, "Too little was done to have shown anything.");
    }
}
