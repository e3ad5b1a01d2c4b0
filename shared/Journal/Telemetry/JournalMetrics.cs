using System.Diagnostics.Metrics;

namespace CrmPlatform.Journal.Telemetry;

/// <summary>What the journal, the relay and the consumers of one service report (names and meaning: docs/metrics.md).</summary>
public sealed class JournalMetrics
{
    /// <summary>The meter of all instruments of the platform; each service has one of that name, tagged with the service.</summary>
    public const string MeterName = "CrmPlatform";

    private static readonly InstrumentAdvice<double> Latencies =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] };

    private readonly TimeProvider clock;
    private readonly Counter<long> appended, told, consumed, undone, denied;
    private readonly Histogram<double> latency;
    private readonly Gauge<long> databaseUp, brokerUp, chainPosition, anchorPosition, relayActive, parked, waiting;
    private readonly Gauge<double> anchored;
    private Backlog? backlog;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the app's own.</summary>
    public JournalMetrics(IMeterFactory meters, string service, TimeProvider clock)
    {
        this.clock = clock;
        var meter = meters.Create(MeterName, version: null, tags: [new("service", service)]);

        databaseUp = meter.CreateGauge<long>("crm.database.up", null, "1 where the service reaches its database, else 0.");
        brokerUp = meter.CreateGauge<long>("crm.broker.up", null, "1 where the service reaches the broker, else 0.");
        appended = meter.CreateCounter<long>("crm.journal.appended", "{entry}", "Entries appended by committed transactions.");
        told = meter.CreateCounter<long>("crm.journal.told", "{entry}", "Entries the broker has confirmed and the chain has taken up.");
        undone = meter.CreateCounter<long>("crm.journal.undone", "{operation}", "Requests to undo an operation, by how they ended.");
        denied = meter.CreateCounter<long>("crm.access.denied", "{attempt}", "Deeds with records that the caller's roles do not allow.");
        relayActive = meter.CreateGauge<long>("crm.relay.active", null, "1 where this process is the one that tells the entries, else 0.");
        meter.CreateObservableGauge("crm.outbox.depth", OutboxDepth, "{entry}", "Entries committed but not told yet.");
        meter.CreateObservableGauge("crm.outbox.age", OutboxAge, "s", "Age of the oldest entry not told yet; 0 when all are told.");
        chainPosition = meter.CreateGauge<long>("crm.chain.position", null, "Last position of the hash chain.");
        anchorPosition = meter.CreateGauge<long>("crm.anchor.position", null, "Position of the chain that the last anchor holds.");
        anchored = meter.CreateGauge<double>("crm.anchor.timestamp", "s", "When the last anchor was written, in seconds since 1970.");
        consumed = meter.CreateCounter<long>("crm.events.consumed", "{event}", "Events taken from the queue, by what became of them.");
        latency = meter.CreateHistogram("crm.events.latency", "s", "From the publisher's commit to the consumer's.", advice: Latencies);
        waiting = meter.CreateGauge<long>("crm.events.waiting", "{event}", "Events in the queue, not taken yet (consumer lag).");
        parked = meter.CreateGauge<long>("crm.events.parked", "{event}", "Events set aside after the last retry.");
    }

    /// <summary>Whether the database answered when last asked.</summary>
    public void Database(bool up) => databaseUp.Record(up ? 1 : 0);

    /// <summary>Whether the broker answered when last asked.</summary>
    public void Broker(bool up) => brokerUp.Record(up ? 1 : 0);

    /// <summary>Entries of a type were appended; to be called after the commit.</summary>
    public void Appended(string type, long entries = 1) => appended.Add(entries, new KeyValuePair<string, object?>("type", type));

    /// <summary>A batch of entries was confirmed and chained.</summary>
    public void Told(long entries, long position)
    {
        told.Add(entries);
        chainPosition.Record(position);
    }

    /// <summary>This process became, or is no longer, the relay of its service.</summary>
    public void Relaying(bool active) => relayActive.Record(active ? 1 : 0);

    /// <summary>The last position of the chain.</summary>
    public void Chain(long position) => chainPosition.Record(position);

    /// <summary>What was last seen in the outbox; <paramref name="oldestAt"/> is null when it is empty.</summary>
    public void Outbox(long depth, DateTimeOffset? oldestAt) => Volatile.Write(ref backlog, new Backlog(depth, oldestAt));

    /// <summary>An anchor of the chain was written outside the database.</summary>
    public void Anchored(long position, DateTimeOffset at)
    {
        anchorPosition.Record(position);
        anchored.Record(at.ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>An event was taken from the queue; one applied tells the latency since <paramref name="committed"/>.</summary>
    public void Consumed(string type, Outcome outcome, DateTimeOffset? committed = null)
    {
        consumed.Add(1, new("type", type), new("outcome", NameOf(outcome)));
        if (outcome == Outcome.Applied && committed is { } at)
            latency.Record(Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds), new KeyValuePair<string, object?>("type", type));
    }

    /// <summary>How many events wait in the queue of the service.</summary>
    public void Waiting(long events) => waiting.Record(events);

    /// <summary>How many events are parked.</summary>
    public void Parked(long events) => parked.Record(events);

    /// <summary>Somebody asked to undo an operation (<c>undone</c>, <c>conflict</c> …).</summary>
    public void Undone(string result) => undone.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>Somebody's roles did not allow a deed with a record they see.</summary>
    public void Denied(string record, string deed) => denied.Add(1, new("record", record), new("deed", deed));

    private IEnumerable<Measurement<long>> OutboxDepth() => Volatile.Read(ref backlog) is { } seen ? [new(seen.Depth)] : [];

    // Without a database nobody can look, yet the entry last seen keeps ageing: the age is taken when somebody asks.
    private IEnumerable<Measurement<double>> OutboxAge() => Volatile.Read(ref backlog) switch
    {
        null => [],
        { OldestAt: null } => [new(0)],
        { OldestAt: { } at } => [new(Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds))],
    };

    private static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Applied => "applied",
        Outcome.Duplicate => "duplicate",
        Outcome.Retried => "retried",
        _ => "parked",
    };

    private sealed record Backlog(long Depth, DateTimeOffset? OldestAt);
}

/// <summary>What became of an event that was taken from the queue.</summary>
public enum Outcome
{
    /// <summary>Its consumer committed.</summary>
    Applied,

    /// <summary>The inbox knew it already.</summary>
    Duplicate,

    /// <summary>The consumer failed; it comes again.</summary>
    Retried,

    /// <summary>The consumer failed for the last time; it waits in the table of parked events.</summary>
    Parked,
}
