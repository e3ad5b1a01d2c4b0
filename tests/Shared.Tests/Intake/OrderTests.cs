using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class OrderTests
{
    [Fact]
    public async Task Events_of_a_hot_record_are_applied_in_the_order_of_the_queue()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], RunSize = 50 });
        world.Script.Play = thing => thing.Version % 7 == 0 ? Task.Delay(1) : Task.CompletedTask;
        await world.QueueIsThere();
        var records = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        var events = Enumerable.Range(1, 400).SelectMany(version => records.Select(r => new Told(r, version))).ToList();

        await world.Send(events);

        await Eventually.True(async () => (await world.Rows<int>("select count(*)::int from applied"))[0] >= events.Count, "all are applied");
        Assert.Equal(0, (await world.Rows<int>(
            """
            select count(*)::int from (
                select version, lag(version, 1, 0) over (partition by record_id order by n) as before from applied) a
            where version <> before + 1
            """))[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task An_event_that_comes_several_times_is_applied_once(int runSize)
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)], Projections = [new AppliedThings()], RunSize = runSize });
        await world.QueueIsThere();
        var events = Enumerable.Range(1, 100).Select(v => new Told(Guid.CreateVersion7(), v)).ToList();

        await world.Send(events.SelectMany(e => new[] { e, e, e }));
        await world.Send(events);
        await world.Send(new Told(Guid.CreateVersion7(), 999));

        await Eventually.True(async () => (await world.Rows<int>("select version from applied")).Contains(999), "the last is applied");
        Assert.Equal(2 * 101, (await world.Rows<int>("select count(*)::int from applied"))[0]); // consumer and projection
    }

    [Fact]
    public async Task Consumers_of_one_event_share_its_transaction_one_after_the_other()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged), typeof(OnThingChangedToo)] });
        await world.QueueIsThere();
        var tenant = Guid.CreateVersion7();

        await world.Send(Enumerable.Range(1, 300).Select(v => new Told(Guid.CreateVersion7(), v) { Tenant = tenant }));

        await Eventually.True(async () => (await world.Rows<int>("select count(*)::int from applied"))[0] == 300, "all are applied");
        Assert.Equal(300, world.Script.Seen.Count);
    }

    [Fact]
    public async Task A_consumer_sees_only_the_tenant_of_its_event()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged), typeof(OnThingChangedToo)] });
        await world.QueueIsThere();

        await world.Send(Enumerable.Range(1, 50).Select(v => new Told(Guid.CreateVersion7(), v)));

        await Eventually.True(async () => (await world.Rows<int>("select count(*)::int from applied"))[0] == 50, "all are applied");
        Assert.All(world.Script.Seen, seen => Assert.InRange(seen, 0, 1));
    }
}
