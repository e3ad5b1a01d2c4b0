using System.Diagnostics;
using CrmPlatform.Journal.Intake;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

/// <summary>Says how fast a backlog is taken in. Figures depend on the machine, so nothing is asserted but that all of it arrives.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("projection")]
    [InlineData("copy")]
    [InlineData("consumer")]
    public async Task A_backlog_is_taken_in(string how)
    {
        const int Events = 5_000;
        await using var world = await IntakeWorld.Open();
        IntakeOptions Heard(IntakeOptions o) => how switch
        {
            "projection" => o with { Projections = [new AppliedThings()] },
            "copy" => o with { Copies = [new Copy("intaketest.thing", "name")] },
            _ => o with { Consumers = [typeof(OnThingChanged)] },
        };
        await world.Start(Heard);
        await world.QueueIsThere();
        await world.Get<CrmPlatform.Journal.Intake.Intake>().StopAsync(TestContext.Current.CancellationToken);
        var tenant = Guid.CreateVersion7();
        await world.Send(Enumerable.Range(1, Events).Select(v => new Told(Guid.CreateVersion7(), v) { Tenant = tenant }));

        await world.Start(Heard);
        await Eventually.True(async () => await Taken(world) > 0, "it begins");
        var (watch, from) = (Stopwatch.StartNew(), await Taken(world));
        await Eventually.True(async () => await Taken(world) == Events, "all are taken in", seconds: 60);

        output.WriteLine($"{how}: {(Events - from) / watch.Elapsed.TotalSeconds:N0} events/s");
    }

    private static async Task<int> Taken(IntakeWorld world) => (await world.Rows<int>("select count(*)::int from inbox"))[0];
}
