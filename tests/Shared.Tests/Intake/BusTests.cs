using System.Collections.Concurrent;
using System.Diagnostics;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Intake;

public sealed class BusTests
{
    [Fact]
    public async Task What_a_consumer_appends_carries_the_trace_actor_and_operation_of_the_event()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JournalMetrics.MeterName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingNoted)] });
        await world.QueueIsThere();
        var (trace, parent, record) = ($"{Guid.CreateVersion7():N}", "b7ad6b7169203331", Guid.CreateVersion7());

        await world.Send(new Told(record, 1)
        {
            Type = "intaketest.thing.noted",
            Trace = $"00-{trace}-{parent}-01",
            Text = $$"""{"id": "{{record}}", "version": 1, "text": "hello"}""",
        });

        await Eventually.True(async () => (await world.Rows<string>("select trace from journal")).Count == 1, "the note is written");
        var span = Assert.Single(spans, s => s.TraceId.ToHexString() == trace);
        Assert.Equal((ActivityKind.Consumer, parent), (span.Kind, span.ParentSpanId.ToHexString()));
        Assert.Equal(world.Name, span.GetTagItem("crm.service"));
        Assert.Equal([$"00-{trace}-{span.SpanId.ToHexString()}-01"], await world.Rows<string>("select trace from journal"));
        Assert.Equal(["note.created Una"], await world.Rows<string>("select type || ' ' || (actor ->> 'name') from journal"));
        Assert.Single(await world.Rows<long>("select entry from outbox"));
    }

    [Fact]
    public async Task The_queue_hears_what_the_service_wants_now_and_not_what_it_wanted_before()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingNoted)], Copies = [new Copy($"{world.Name}.old", "name")] });
        await world.QueueIsThere();
        await world.Get<CrmPlatform.Journal.Intake.Intake>().StopAsync(TestContext.Current.CancellationToken);
        await world.Tell(new Told(Guid.CreateVersion7(), 1) { Type = $"{world.Name}.old.created" });
        await Eventually.True(async () => await world.Depth(world.Name) == 1, "it is in the queue");

        await world.Start(o => o with { Copies = [new Copy($"{world.Name}.new", "name")] });
        await world.QueueIsThere();
        await Eventually.True(async () => (await world.Rows<int>("select 1 from inbox")).Count == 1, "the one left over is taken");
        await world.Get<CrmPlatform.Journal.Intake.Intake>().StopAsync(TestContext.Current.CancellationToken);
        foreach (var record in new[] { "old", "new", "other" })
            await world.Tell(new Told(Guid.CreateVersion7(), 1) { Type = $"{world.Name}.{record}.created" });

        await Eventually.True(async () => await world.Depth(world.Name) == 1, "only the new one is in the queue");
        Assert.Single(await world.Rows<int>("select 1 from inbox")); // what had come before was taken, though nobody wants it any more
    }

    [Fact]
    public async Task A_consumer_that_commits_or_disposes_the_runs_session_does_no_harm()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChangedRudely)], Delays = [TimeSpan.FromMilliseconds(200)] });
        await world.QueueIsThere();

        await world.Send(new Told(Guid.CreateVersion7(), 1), new Told(Guid.CreateVersion7(), 2));

        var parking = world.Get<Parking>();
        await Eventually.True(
            async () => await parking.Count(TestContext.Current.CancellationToken) is { Parked: 1 }, "the one that commits is parked");
        await Eventually.True(async () => await world.Rows<int>("select version from applied") is [2], "the one that disposes is applied");
    }

    [Fact]
    public async Task MassTransit_reports_to_nobody()
    {
        await using var world = await IntakeWorld.Open();
        await world.Start(o => o with { Consumers = [typeof(OnThingChanged)] });

        // Its usage tracker is part of its container registration, which the intake does not use.
        var tracker = typeof(MassTransit.Bus).Assembly.GetType("MassTransit.UsageTracking.IUsageTracker", throwOnError: true)!;
        Assert.Null(world.Get<IServiceProvider>().GetService(tracker));
        Assert.Empty(world.Get<IServiceProvider>().GetServices<MassTransit.IBus>());
    }
}
