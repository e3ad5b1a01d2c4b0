using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CrmPlatform.Hosting.Telemetry;

using Tag = KeyValuePair<string, object?>;

/// <summary>
/// One instrument and its series. There is a limit to them: a label that takes ever new values must not fill the memory. What
/// comes beyond the limit is added up in one series with the label <c>overflow</c> (a gauge's value is dropped) and counted.
/// </summary>
internal sealed class Metric
{
    private const string PoolTag = "db.client.connection.pool.name";

    private readonly Instrument instrument;
    private readonly int limit;
    private readonly double[]? bounds;
    private readonly bool sets;
    private readonly ConcurrentDictionary<Tag[], Series> byTags = new(Tags.Comparer);
    private readonly ConcurrentDictionary<Tag[], Series>.AlternateLookup<ReadOnlySpan<Tag>> lookup;
    private readonly ConcurrentDictionary<string, Series> byLabels = new(StringComparer.Ordinal);
    private readonly Series rest;
    private int known;
    private long overflow;

    public Metric(Instrument instrument, int limit)
    {
        this.instrument = instrument;
        this.limit = limit;
        Kind = KindOf(instrument);
        Name = PrometheusNames.Metric(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? instrument.Name;
        bounds = Kind == MetricKind.Histogram ? Buckets.Of(instrument) : null;
        sets = instrument.IsObservable || (Kind == MetricKind.Gauge && !IsUpDown(instrument));
        lookup = byTags.GetAlternateLookup<ReadOnlySpan<Tag>>();
        rest = new Series("overflow=\"true\"", pool: null, bounds);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public bool Observable => instrument.IsObservable;

    public long Overflow => Interlocked.Read(ref overflow);

    public ReadOnlySpan<double> Bounds => bounds;

    public IEnumerable<Series> Series =>
        Overflow > 0 && !sets ? byLabels.Values.Append(rest) : byLabels.Values.Where(series => series.Fresh);

    public void Record(double value, ReadOnlySpan<Tag> tags)
    {
        if (!lookup.TryGetValue(tags, out var series)) series = Find(tags);
        if (series == rest) Interlocked.Increment(ref overflow);

        if (bounds is not null) series.Observe(value);
        else if (sets) series.Set(value);
        else series.Add(value);
    }

    /// <summary>Before an observable instrument is asked: what it does not report again is gone.</summary>
    public void Forget()
    {
        foreach (var series in byLabels.Values) series.Forget();
    }

    private Series Find(ReadOnlySpan<Tag> tags)
    {
        if (Volatile.Read(ref known) >= limit) return rest;

        var labels = Tags.Labels(tags, instrument.Tags, instrument.Meter.Tags);
        var pool = PoolOf(tags);
        var series = byLabels.GetOrAdd(labels, static (text, made) => new Series(text, made.pool, made.bounds), (pool, bounds));
        if (lookup.TryAdd(tags, series)) Interlocked.Increment(ref known);
        return series;
    }

    private static string? PoolOf(ReadOnlySpan<Tag> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == PoolTag) return tag.Value as string;
        }

        return null;
    }

    private static bool IsUpDown(Instrument instrument) =>
        instrument.GetType().GetGenericTypeDefinition() == typeof(UpDownCounter<>);

    private static MetricKind KindOf(Instrument instrument)
    {
        // The runtime publishes these two as counters, yet they fall as well as rise.
        if (instrument.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length") return MetricKind.Gauge;

        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Counter<>) || type == typeof(ObservableCounter<>)) return MetricKind.Counter;
        return type == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
    }
}
