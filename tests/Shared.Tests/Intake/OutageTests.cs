using CrmPlatform.Journal.Intake;
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
        await world.Send(Enumerable.Range(1, 1500).Select(v => new Told(record, v)));

        foreach (var enough in new[] { 200, 600, 1000 })
        {
            await Eventually.True(async () => (await Applied(world)).Count >= enough, $"{enough} are applied", seconds: 120);
            world.Broker.Cut();
            world.Broker.Mend();
        }

        await Eventually.True(async () => (await Applied(world)).Count >= 1500, "all are applied", seconds: 120);
        Assert.Equal(Enumerable.Range(1, 1500), await Applied(world));
    }

    [Fact]
    public async Task A_service_that_starts_before_its_servers_begins_when_they_come()
    {
        await using var world = await IntakeWorld.Open();
        world.Broker.Cut();
        world.Database.Cut();
        var intake = await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        Assert.NotNull(intake.BrokerTrouble);

        world.Broker.Mend();
        world.Database.Mend();

        await world.QueueIsThere();
        await world.Send(new Told(Guid.CreateVersion7(), 1));
        await Eventually.True(async () => (await Applied(world)).Count == 1, "it is applied");
        await Eventually.True(() => Task.FromResult(intake.BrokerTrouble is null), "the intake is well");
    }

    private static Task<List<int>> Applied(IntakeWorld world) => world.Rows<int>("select version from applied order by n");
}
