using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>
/// Listens to the meters of one scope. Several apps run in one process and meters are visible to the whole process: what belongs
/// to an app is made by that app's own <see cref="IMeterFactory"/>, which is the meter's scope. A meter without a scope tells of
/// the process.
/// </summary>
internal sealed class MeterReader : IDisposable
{
    private readonly ConcurrentDictionary<string, Metric> metrics = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly Lock polling = new();
    private readonly int limit;
    private long failures;

    public MeterReader(object? scope, IReadOnlySet<string> meters, int limit)
    {
        this.limit = limit;
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, scope) || !meters.Contains(instrument.Meter.Name)) return;
            if (MetricOf(instrument) is { } metric) listener.EnableMeasurementEvents(instrument, metric);
        };
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, metric) => ((Metric)metric!).Record((double)value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        listener.Start();
    }

    /// <summary>How often an observable instrument threw instead of answering.</summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>Asks the observable instruments, then shows every metric; one caller at a time.</summary>
    public void Read(Action<Metric> show)
    {
        lock (polling)
        {
            foreach (var metric in metrics.Values.Where(metric => metric.Observable)) metric.Forget();
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException failed)
            {
                Interlocked.Add(ref failures, failed.InnerExceptions.Count);
            }

            foreach (var metric in metrics.Values) show(metric);
        }
    }

    public void Dispose() => listener.Dispose();

    // Two instruments may share a name (a meter made twice) and then share their series; of two kinds the first one stays.
    private Metric? MetricOf(Instrument instrument)
    {
        var made = new Metric(instrument, limit);
        var metric = metrics.GetOrAdd(made.Name, made);
        return metric.Kind == made.Kind && metric.Observable == made.Observable ? metric : null;
    }
}
