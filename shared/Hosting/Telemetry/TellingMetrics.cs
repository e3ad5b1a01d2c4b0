using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>What is told to clients that listen (names and meaning: docs/metrics.md).</summary>
public sealed class TellingMetrics
{
    private static readonly InstrumentAdvice<double> Latencies =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private readonly UpDownCounter<long> open, connected;
    private readonly Counter<long> told;
    private readonly Tally dropped = new("how", "coalesced", "missed"), ended = new("code", "token_expired", "token_revoked");
    private readonly Histogram<double> latency;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the app's own.</summary>
    public TellingMetrics(IMeterFactory meters, string service)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", service)]);
        connected = meter.CreateUpDownCounter<long>("crm.subscriptions.connections", "{connection}", "Connections of clients that listen, by how.");
        open = meter.CreateUpDownCounter<long>("crm.subscriptions.open", "{subscription}", "Subscriptions that are open.");
        told = meter.CreateCounter<long>("crm.subscriptions.told", "{change}", "Answers sent to clients that listen.");
        meter.CreateObservableCounter(
            "crm.subscriptions.dropped", () => dropped.Now, "{change}",
            "Changes not sent to clients that did not keep up: newer ones took their place, or they read again.");
        meter.CreateObservableCounter("crm.subscriptions.ended", () => ended.Now, "{connection}", "Connections that the graph has ended, by why.");
        latency = meter.CreateHistogram("crm.subscriptions.latency", "s", "From a change to its being sent to a client.", advice: Latencies);
    }

    /// <summary>So many subscriptions more, or fewer.</summary>
    public void Opened(int subscriptions) => open.Add(subscriptions);

    /// <summary>So many connections more, or fewer: by <c>socket</c> or <c>stream</c>.</summary>
    public void Connected(int connections, string how) => connected.Add(connections, new KeyValuePair<string, object?>("how", how));

    /// <summary>Something was sent; it happened so long ago.</summary>
    public void Told(TimeSpan? ago)
    {
        told.Add(1);
        if (ago is { } time)
            latency.Record(time.TotalSeconds);
    }

    /// <summary>Changes were not sent: <c>coalesced</c> or <c>missed</c>.</summary>
    public void Dropped(int changes, string how) => dropped.Add(how, changes);

    /// <summary>The graph has ended a connection for this reason.</summary>
    public void Ended(string code) => ended.Add(code, 1);

    // What happens seldom is there from the beginning, so that its first time is a rise.
    private sealed class Tally(string label, params string[] known)
    {
        private readonly ConcurrentDictionary<string, long> counts = new(known.ToDictionary(name => name, _ => 0L), StringComparer.Ordinal);

        public IEnumerable<Measurement<long>> Now => counts.Select(c => new Measurement<long>(c.Value, new KeyValuePair<string, object?>(label, c.Key)));

        public void Add(string name, long more) => counts.AddOrUpdate(name, more, (_, count) => count + more);
    }
}
