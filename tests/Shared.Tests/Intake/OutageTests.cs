using System.Diagnostics;
using CrmPlatform.Journal.Intake;
using RabbitMQ.Client;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class OutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_away_events_wait_and_none_is_blamed()
    {
        await using var world = await IntakeWorld.Open();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        var record = Guid.CreateVersion7();
        await world.Send(new Told(record, 1));
        await Eventually.True(async () => (await Applied(world)).Count == 1, "the first is applied");

        world.Database.Cut();
        await world.Send(Enumerable.Range(2, 600).Select(v => new Told(record, v)));
        await Eventually.True(() => Task.FromResult(intake.DatabaseTrouble is not null), "the intake says what is wrong");
        Assert.Null(intake.BrokerTrouble);
        world.Database.Mend();

        await Eventually.True(async () => (await Applied(world)).Count == 601, "all are applied");
        Assert.Equal(Enumerable.Range(1, 601), await Applied(world));
        Assert.Null(intake.DatabaseTrouble);
        Assert.Equal((0, 0), await world.Get<Parking>().Count(Cancel));
        Assert.DoesNotContain(world.Script.Log, line => line.Contains("comes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killing_the_databases_connections_under_load_loses_and_repeats_nothing()
    {
        await using var world = await IntakeWorld.Open();
        world.Script.Play = thing => thing.Version % 50 == 0 ? Task.Delay(2) : Task.CompletedTask;
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], Projections = [new AppliedThings()], RunSize = 20 });
        await world.QueueIsThere();
        var record = Guid.CreateVersion7();
        await world.Send(Enumerable.Range(1, 2000).Select(v => new Told(record, v)));

        for (var kills = 1; kills <= 20; kills++)
        {
            await Eventually.True(async () => (await Applied(world)).Count >= kills * 200, $"{kills * 200} are applied");
            await world.Rows<bool>($"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{world.Name}'");
        }

        Assert.Equal(Enumerable.Range(1, 2000), await world.Rows<int>(
            "select version from (select version, min(n) n from applied group by version having count(*) = 2) a order by n"));
        Assert.Equal((0, 0), await world.Get<Parking>().Count(Cancel));
    }

    [Fact]
    public async Task A_broken_line_to_the_broker_is_taken_up_again_without_a_loss_or_a_repetition()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 20 });
        await world.QueueIsThere();
        var record = Guid.CreateVersion7();
        world.Script.Play = _ => Task.Delay(1);
        await world.Send(Enumerable.Range(1, 3000).Select(v => new Told(record, v)));

        var applied = 0;
        for (var cuts = 1; cuts <= 8; cuts++)
        {
            applied = await GoesOn(world, applied + Random.Shared.Next(1, 250));
            world.Broker.Cut();
            if (cuts is 3 or 6)
                await Task.Delay(TimeSpan.FromSeconds(3), Cancel); // so long that attempts to come back fail
            world.Broker.Mend();
            if (cuts is 4 or 7)
            {
                await Task.Delay(Random.Shared.Next(1, 1500), Cancel); // while it is on its way back
                world.Broker.Cut();
                world.Broker.Mend();
            }
        }

        await GoesOn(world, 3000);
        Assert.Equal(Enumerable.Range(1, 3000), await Applied(world));
        Assert.Equal((0, 0), await world.Get<Parking>().Count(Cancel));
        Assert.DoesNotContain(world.Script.Log, line => line.Contains("comes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_long_outage_of_the_broker_the_intake_is_back_soon()
    {
        await using var world = await IntakeWorld.Open();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();

        world.Broker.Cut();
        await Eventually.True(() => Task.FromResult(intake.BrokerTrouble is not null), "the intake says what is wrong");
        await Task.Delay(TimeSpan.FromSeconds(15), Cancel); // a back-off that grew would now be longer than the time it is given
        world.Broker.Mend();
        await world.Send(new Told(Guid.CreateVersion7(), 1));

        await Eventually.True(async () => (await Applied(world)).Count == 1, "it is applied", seconds: 10);
        Assert.Null(intake.BrokerTrouble);
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_declared_again()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();

        await world.Channel.QueueDeleteAsync(world.Name, cancellationToken: Cancel);

        await world.QueueIsThere();
        await world.Send(new Told(Guid.CreateVersion7(), 1));
        await Eventually.True(async () => (await Applied(world)).Count == 1, "it is applied");
    }

    [Fact]
    public async Task A_service_that_starts_before_its_servers_begins_when_they_come()
    {
        await using var world = await IntakeWorld.Open();
        world.Broker.Cut();
        world.Database.Cut();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await Eventually.True(() => Task.FromResult(intake.BrokerTrouble is not null), "the intake says what is wrong");

        world.Broker.Mend();
        world.Database.Mend();

        await world.QueueIsThere();
        await world.Send(new Told(Guid.CreateVersion7(), 1));
        await Eventually.True(async () => (await Applied(world)).Count == 1, "it is applied");
        await Eventually.True(() => Task.FromResult(intake.BrokerTrouble is null), "the intake is well");
    }

    // Slow is not broken: only standing still is, for longer than any attempt to come back takes on a busy machine.
    private static async Task<int> GoesOn(IntakeWorld world, int until)
    {
        var (applied, since) = (0, Stopwatch.StartNew());
        for (var last = 0; applied < until; last = applied)
        {
            applied = (await world.Rows<int>("select count(*)::int from applied"))[0];
            if (applied > last)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"GAP {since.Elapsed.TotalSeconds:0.00} s before {applied}");
                since.Restart();
            }
            Assert.True(since.Elapsed.TotalSeconds < 60, $"Stands still at {applied} of {until}.");
            await Task.Delay(20, Cancel);
        }
        return applied;
    }

    private static Task<List<int>> Applied(IntakeWorld world) => world.Rows<int>("select version from applied order by n");
}
