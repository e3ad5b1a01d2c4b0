using System.Diagnostics;
using CrmPlatform.SystemTests.Platform;

namespace CrmPlatform.SystemTests.Load;

/// <summary>Kills host, broker and database with kill -9, each at its own times and several times, and starts them again.</summary>
internal sealed class Chaos(RealPlatform platform)
{
    private const int AtLeast = 2;

    private int hosts, brokers, databases;

    /// <summary>What was killed how often.</summary>
    public string Figures => $"killed: host {hosts}, broker {brokers}, database {databases}";

    /// <summary>Goes on for a time, and beyond it until each was killed twice; returns with everything up.</summary>
    public Task Run(TimeSpan time) => Task.WhenAll(
        Again(time, new Random(1), 3, 6, () => hosts++, platform.Host.Kill, platform.Host.StartAnswering),
        Again(time, new Random(2), 6, 11, () => brokers++, platform.RabbitMq.Kill, platform.RabbitMq.Start),
        Again(time, new Random(3), 5, 9, () => databases++, platform.Postgres.Kill, platform.Postgres.Start));

    private static async Task Again(TimeSpan time, Random dice, int fewest, int most, Func<int> count, Func<Task> kill, Func<Task> start)
    {
        var clock = Stopwatch.StartNew();
        for (var kills = 0; kills < AtLeast || clock.Elapsed < time; kills = count() + 1)
        {
            await Task.Delay(TimeSpan.FromSeconds(fewest + dice.NextDouble() * (most - fewest)));
            await kill();
            await Task.Delay(TimeSpan.FromSeconds(dice.NextDouble() * 2));
            await start();
        }
    }
}
