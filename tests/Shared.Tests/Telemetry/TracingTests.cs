using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using Xunit;

namespace CrmPlatform.Shared.Tests.Telemetry;

/// <summary>Activities are the process's: what other tests trace beside is not to be met here.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class TracingTests
{
    private static readonly string[] Services = ["contacts", "activities"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_span_goes_out_under_the_name_of_the_service_that_did_the_work()
    {
        var spans = new ConcurrentBag<(string Service, Activity Span)>();
        using var tracing = Tracing.Export(Services, ratio: 1, service => new Collector(span => spans.Add((service, span))));
        await using var apps = await TwoApps.Start();
        using var contacts = TwoApps.ClientOf(apps.Contacts);
        using var activities = TwoApps.ClientOf(apps.Activities);

        var trace = ActivityTraceId.CreateRandom();
        await Get(contacts, "/api/v1/things/1", trace);
        await Get(activities, "/api/v1/things/0", trace);
        await Get(contacts, "/broken", trace);

        var served = await Until(() => spans.Where(Served).ToList(), found => found.Count == 3);
        var good = served.Single(s => Equals(s.Span.GetTagItem("http.response.status_code"), 200));
        Assert.Equal("contacts", good.Service);
        Assert.Equal("GET /api/v1/things/{id}", good.Span.DisplayName);
        Assert.Equal("activities", served.Single(s => Equals(s.Span.GetTagItem("http.response.status_code"), 404)).Service);
        Assert.Equal(ActivityStatusCode.Error, served.Single(s => s.Span.DisplayName == "GET /broken").Span.Status);

        bool Served((string Service, Activity Span) s) => s.Span.TraceId == trace && s.Span.Kind == ActivityKind.Server;
    }

    [Fact]
    public void Work_below_a_span_belongs_to_its_service_and_a_consumer_s_to_its_queue()
    {
        var spans = new ConcurrentBag<(string Service, Activity Span)>();
        using var tracing = Tracing.Export(Services, ratio: 1, service => new Collector(span => spans.Add((service, span))));
        using var relay = new ActivitySource(JournalMetrics.MeterName, "", [new("service", "activities")]);
        using var bus = new ActivitySource("MassTransit");
        using var database = new ActivitySource("Npgsql");

        using (relay.StartActivity("tell of relay")) database.StartActivity("insert of relay")?.Dispose();
        KeyValuePair<string, object?>[] queue = [new("messaging.destination.name", "activities")];
        using (bus.StartActivity("receive of consumer", ActivityKind.Consumer, default(ActivityContext), queue))
            database.StartActivity("insert of consumer")?.Dispose();

        foreach (var name in new[] { "tell of relay", "insert of relay", "receive of consumer", "insert of consumer" })
            Assert.Equal("activities", spans.Single(s => s.Span.DisplayName == name).Service);
    }

    [Fact]
    public async Task Spans_arrive_at_a_collector_with_a_resource_per_service()
    {
        var bodies = new ConcurrentBag<string>();
        await using var collector = await Collect(bodies);
        using (Tracing.Start(Services, new Uri(collector.Urls.First()), ratio: 1))
        {
            await using var apps = await TwoApps.Start();
            using var contacts = TwoApps.ClientOf(apps.Contacts);
            using var activities = TwoApps.ClientOf(apps.Activities);
            await contacts.GetAsync("/api/v1/things/1", Cancel);
            await activities.GetAsync("/api/v1/things/2", Cancel);
        }

        // Stopping sends what is still held back.
        foreach (var service in Services)
        {
            Assert.Contains(bodies, body => body.Contains(service, StringComparison.Ordinal)
                && body.Contains("/api/v1/things/{id}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_caller_cannot_have_itself_traced_beyond_the_ratio()
    {
        var spans = new ConcurrentBag<Activity>();
        using var tracing = Tracing.Export(Services, ratio: 0, _ => new Collector(spans.Add));
        using var source = new ActivitySource(JournalMetrics.MeterName);
        var elsewhere = Elsewhere(ActivityTraceFlags.Recorded);

        source.StartActivity("begun here of none")?.Dispose();
        source.StartActivity("begun elsewhere", ActivityKind.Consumer, elsewhere)?.Dispose();

        Assert.DoesNotContain(spans, span => span.DisplayName == "begun here of none");
        Assert.DoesNotContain(spans, span => span.TraceId == elsewhere.TraceId);
    }

    [Fact]
    public void Without_a_collector_a_trace_still_travels_through_a_consumer()
    {
        using var tracing = Tracing.Start(Services, endpoint: null, ratio: 1);
        using var source = new ActivitySource("MassTransit");
        var publisher = Elsewhere(ActivityTraceFlags.None);

        using var consumed = source.StartActivity("receive", ActivityKind.Consumer, publisher);

        Assert.Equal(publisher.TraceId, consumed!.TraceId);
    }

    private static ActivityContext Elsewhere(ActivityTraceFlags flags) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, isRemote: true);

    private static async Task Get(HttpClient client, string path, ActivityTraceId trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var answer = await client.SendAsync(request, Cancel);
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<WebApplication> Collect(ConcurrentBag<string> bodies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            bodies.Add(Encoding.UTF8.GetString(body.ToArray()));
        });
        await collector.StartAsync(Cancel);
        return collector;
    }

    private static async Task<T> Until<T>(Func<T> look, Func<T, bool> enough)
    {
        for (var deadline = Stopwatch.StartNew(); ; await Task.Yield())
        {
            if (look() is var found && enough(found)) return found;
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(10), "The spans did not come.");
        }
    }

    private sealed class Collector(Action<Activity> take) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => take(data);
    }
}
