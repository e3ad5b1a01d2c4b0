using CrmPlatform.Journal.Intake;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class StopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_finishes_the_run_and_gives_the_rest_back_in_order()
    {
        await using var world = await IntakeWorld.Open();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Script.Play = async thing =>
        {
            if (thing.Version == 100)
            {
                reached.TrySetResult();
                await go.Task;
            }
        };
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 30 });
        await world.QueueIsThere();
        var record = Guid.CreateVersion7();
        await world.Send(Enumerable.Range(1, 1000).Select(v => new Told(record, v)));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        var stopped = intake.StopAsync(Cancel);
        Assert.False(stopped.IsCompleted);
        go.SetResult();
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        var applied = await Applied(world);
        Assert.InRange(applied.Count, 100, 200);
        await Eventually.True(async () => await world.Depth(world.Name) == 1000 - applied.Count, "the queue has what was not applied");

        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await Eventually.True(async () => (await Applied(world)).Count >= 1000, "the next process applies the rest");
        Assert.Equal(Enumerable.Range(1, 1000), await Applied(world));
    }

    [Fact]
    public async Task Starting_and_stopping_at_once_again_and_again_loses_nothing()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        var record = Guid.CreateVersion7();
        await world.Get<CrmPlatform.Journal.Intake.Intake>().StopAsync(Cancel);
        await world.Send(Enumerable.Range(1, 3000).Select(v => new Told(record, v)));

        for (var i = 0; i < 5; i++)
        {
            var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 10 });
            await Task.Delay(i * 60, Cancel);
            await intake.StopAsync(Cancel);
        }
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });

        await Eventually.True(async () => (await Applied(world)).Count >= 3000, "all are applied");
        Assert.Equal(Enumerable.Range(1, 3000), await Applied(world));
        foreach (var queue in new[] { "_error", "_skipped" })
            Assert.Null(await world.Depth(world.Name + queue));
    }

    [Fact]
    public async Task A_second_process_takes_over_where_the_first_one_breaks_off()
    {
        await using var world = await IntakeWorld.Open();
        world.Script.Play = _ => Task.Delay(1);
        var first = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 20 });
        await world.QueueIsThere();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 20 });
        var record = Guid.CreateVersion7();
        await world.Send(Enumerable.Range(1, 1000).Select(v => new Told(record, v)));
        await Eventually.True(async () => (await Applied(world)).Count > 100, "some are applied");

        await first.StopAsync(Cancel);

        await Eventually.True(async () => (await Applied(world)).Count >= 1000, "all are applied");
        Assert.Equal(Enumerable.Range(1, 1000), await Applied(world));
    }

    [Fact]
    public async Task A_stop_before_the_broker_ever_came_does_not_hang()
    {
        await using var world = await IntakeWorld.Open();
        world.Broker.Cut();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });

        await intake.StopAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        world.Broker.Mend();
    }

    [Fact]
    public async Task A_stop_while_the_broker_is_away_does_not_hang()
    {
        await using var world = await IntakeWorld.Open();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        world.Broker.Cut();
        await Eventually.True(() => Task.FromResult(intake.BrokerTrouble is not null), "the intake notices");

        await intake.StopAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        world.Broker.Mend();
    }

    [Fact]
    public async Task A_stop_while_the_database_is_away_does_not_hang()
    {
        await using var world = await IntakeWorld.Open();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        world.Database.Cut();
        var record = Guid.CreateVersion7();
        await world.Send(Enumerable.Range(1, 900).Select(v => new Told(record, v)));
        await Eventually.True(() => Task.FromResult(intake.DatabaseTrouble is not null), "the intake waits");

        await intake.StopAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await Eventually.True(async () => await world.Depth(world.Name) == 900, "everything is in the queue");

        world.Database.Mend();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await Eventually.True(async () => (await Applied(world)).Count >= 900, "all are applied");
        Assert.Equal(Enumerable.Range(1, 900), await Applied(world));
    }

    private static Task<List<int>> Applied(IntakeWorld world) => world.Rows<int>("select version from applied order by n");
}
