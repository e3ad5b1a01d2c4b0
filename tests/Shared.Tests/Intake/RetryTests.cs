using CrmPlatform.Journal.Intake;
using RabbitMQ.Client;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Guid Bad = Guid.CreateVersion7();

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_failed_event_is_tried_again_with_its_followers_behind_it_and_nobody_else_delayed(int runSize)
    {
        await using var world = await IntakeWorld.Open();
        var broken = true;
        world.Script.Play = thing =>
            broken && thing.Version == 2 && thing.Id == Bad ? throw new InvalidOperationException("not today") : Task.CompletedTask;
        await world.Start(o => o with
        {
            Consumers = [typeof(OnThingChanged)],
            RunSize = runSize,
            Delays = [TimeSpan.FromMilliseconds(200), .. Enumerable.Repeat(TimeSpan.FromMilliseconds(400), 100)],
        });
        await world.QueueIsThere();
        var others = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();

        await world.Send(Enumerable.Range(1, 5).SelectMany(v => others.Append(Bad).Select(r => new Told(r, v))));

        await Eventually.True(async () => (await Applied(world)).Count == 251, "all but the failed one and its followers are applied");
        Assert.Equal([1], await Versions(world));
        await Eventually.True(async () => await world.Rows<int>("select version from parked order by version") is [2, 3, 4, 5], "they wait");

        broken = false;
        await world.Send(new Told(Bad, 6)); // comes straight, while the others are on their way round

        await Eventually.True(async () => (await Applied(world)).Count == 256, "all are applied");
        Assert.Equal([1, 2, 3, 4, 5, 6], await Versions(world));
        await Eventually.True(async () => (await world.Rows<int>("select version from parked")).Count == 0, "nobody waits");
        await NothingLandsInQueuesOfMassTransit(world);
    }

    [Fact]
    public async Task What_failed_to_the_last_is_parked_and_goes_through_in_order_when_sent_again()
    {
        await using var world = await IntakeWorld.Open();
        var broken = true;
        world.Script.Play = thing => broken && thing.Version == 2 ? throw new InvalidOperationException("never") : Task.CompletedTask;
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        var parking = world.Get<Parking>();

        await world.Send(Enumerable.Range(1, 4).Select(v => new Told(Bad, v)));
        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 3, Retrying: 0 }, "the failed one and its followers are parked");
        await world.Send(new Told(Bad, 5));
        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 4 }, "a later one is parked behind them");

        var head = (await parking.List(10, Cancel)).OrderBy(e => e.Version).First();
        Assert.Equal((2, 3), (head.Version, head.Attempts));
        Assert.Contains("never", head.Error, StringComparison.Ordinal);
        Assert.Contains($"\"{Bad}\"", head.Body, StringComparison.Ordinal);
        Assert.Equal("intaketest.thing.changed", head.Headers.GetProperty("cloudEvents:type").GetString());
        Assert.All((await parking.List(10, Cancel)).Where(e => e.Version > 2), e => Assert.Equal($"waits behind {head.Id}", e.Error));

        broken = false;
        Assert.Equal(4, await parking.Replay(head.Id, Cancel));

        await Eventually.True(async () => (await Applied(world)).Count == 5, "all are applied");
        Assert.Equal([1, 2, 3, 4, 5], await Versions(world));
        Assert.Equal((0, 0), await parking.Count(Cancel));
        await NothingLandsInQueuesOfMassTransit(world);
    }

    [Fact]
    public async Task What_fails_again_after_being_sent_again_is_parked_again()
    {
        await using var world = await IntakeWorld.Open();
        world.Script.Play = thing => thing.Version == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask;
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        var parking = world.Get<Parking>();
        await world.Send(new Told(Bad, 1), new Told(Bad, 2));
        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 2 }, "both are parked");

        Assert.Equal(2, await parking.ReplayAll(Cancel));

        await Eventually.True(
            async () => await parking.List(2, Cancel) is [{ State: "parked", Attempts: 3 }, { State: "parked", Attempts: 0 }], "both again");
        Assert.Empty(await Applied(world));
    }

    [Fact]
    public async Task A_discarded_event_lets_those_behind_it_go()
    {
        await using var world = await IntakeWorld.Open();
        world.Script.Play = thing => thing.Version == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask;
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });
        await world.QueueIsThere();
        var parking = world.Get<Parking>();
        await world.Send(new Told(Bad, 1), new Told(Bad, 2));
        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 2 }, "both are parked");
        var head = (await parking.List(10, Cancel)).Single(e => e.Version == 1);

        Assert.True(await parking.Discard(head.Id, new CrmPlatform.Access.Actor(CrmPlatform.Access.ActorKind.User, "ops", "Ops"), "a test message", Cancel));

        await Eventually.True(async () => (await Applied(world)).Count == 1, "the follower is applied");
        Assert.Equal((0, 0), await parking.Count(Cancel));
        Assert.Contains(world.Script.Log, line => line.Contains("discarded by ops: a test message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_event_is_parked_at_once_and_holds_up_nobody()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], Copies = [new Copy("intaketest.thing", "name")] });
        await world.QueueIsThere();
        var parking = world.Get<Parking>();
        var notJson = new Told(Guid.CreateVersion7(), 1) { Text = "{ not json" };
        var misfit = new Told(Guid.CreateVersion7(), 1) { Text = """{"id": 7}""" };
        var headless = new Told(Guid.CreateVersion7(), 1).Properties();
        headless.Headers!.Remove("cloudEvents:tenant");

        await world.Send(notJson, misfit, new Told(Bad, 1));
        await world.Channel.BasicPublishAsync("", world.Name, true, headless, notJson.Body, Cancel);
        await world.Channel.BasicPublishAsync("", world.Name, true, new BasicProperties(), "\0\xff"u8.ToArray(), Cancel);
        await world.Send(new Told(Bad, 2));

        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 4, Retrying: 0 }, "four are parked");
        await Eventually.True(async () => await Versions(world) is [1, 2], "the others are applied");
        Assert.All(await parking.List(10, Cancel), e => Assert.Equal(1, e.Attempts));
        Assert.NotNull((await parking.Find(notJson.Id, Cancel))?.Error);
        Assert.Equal(4, await parking.ReplayAll(Cancel));
        await Eventually.True(async () => (await parking.Count(Cancel)) is { Parked: 4, Retrying: 0 }, "they are parked again");
        await NothingLandsInQueuesOfMassTransit(world);
    }

    [Fact]
    public async Task An_event_whose_message_was_lost_on_the_way_round_is_sent_again()
    {
        await using var world = await IntakeWorld.Open();
        var attempts = 0;
        world.Script.Play = _ => attempts++ == 0 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], Delays = [TimeSpan.FromMilliseconds(400)] });
        await world.QueueIsThere();
        await world.Send(new Told(Bad, 1));
        await Eventually.True(async () => await world.Depth($"{world.Name}.retry.400ms") == 1, "it waits for its next attempt");
        await world.Channel.QueuePurgeAsync($"{world.Name}.retry.400ms", Cancel);
        Assert.Empty(await Applied(world));

        await world.Rows<int>("update parked set changed = changed - interval '1 hour' returning version");

        await Eventually.True(async () => (await Applied(world)).Count == 1, "it is applied all the same");
    }

    private static Task<List<int>> Applied(IntakeWorld world) => world.Rows<int>("select version from applied");

    private static Task<List<int>> Versions(IntakeWorld world) => world.Rows<int>($"select version from applied where record_id = '{Bad}' order by n");

    private static async Task NothingLandsInQueuesOfMassTransit(IntakeWorld world)
    {
        foreach (var queue in new[] { "_error", "_skipped" })
            Assert.Null(await world.Depth(world.Name + queue));
        foreach (var exchange in new[] { "_error", "_skipped" })
            Assert.False(await world.ExchangeIsThere(world.Name + exchange));
    }
}
