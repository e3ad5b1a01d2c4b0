using System.Collections.Concurrent;
using System.Diagnostics;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Testing;
using OpenTelemetry;
using Xunit;

namespace CrmPlatform.Dashboards.Tests;

public sealed class TracesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_goes_from_the_edge_to_the_consumer_each_span_under_the_service_that_did_the_work()
    {
        var spans = new ConcurrentBag<(string Service, Activity Span)>();
        var crm = await Platform.Ready();
        using var tracing = Tracing.Export(
            [.. crm.Home.Apps.Select(app => app.Name)], ratio: 1, service => new Collector(span => spans.Add((service, span))));
        var trace = ActivityTraceId.CreateRandom();

        (await crm.Service("edge").With("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")
            .Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        await Wait.Until(
            _ => Task.FromResult(Has("edge", ActivityKind.Server) && Has("contacts", ActivityKind.Server)
                && Has("activities", ActivityKind.Consumer)),
            () => "Of the trace there is only:\n" + string.Join('\n', Ours().Select(s => $"{s.Service}: {s.Span.DisplayName}")),
            Cancel);
        var served = Ours().Single(s => s is { Service: "contacts", Span.Kind: ActivityKind.Server });
        Assert.Equal("POST /api/v1/contacts", served.Span.DisplayName);
        Assert.Contains(Ours(), s => s is { Service: "contacts", Span.Source.Name: "Npgsql" });

        IEnumerable<(string Service, Activity Span)> Ours() => spans.Where(s => s.Span.TraceId == trace);
        bool Has(string service, ActivityKind kind) => Ours().Any(s => s.Span.Kind == kind && s.Service == service);
    }

    private sealed class Collector(Action<Activity> take) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => take(data);
    }
}
