namespace CrmPlatform.Hosting.Telemetry;

/// <summary>What the process as a whole reports, whichever apps run in it: the runtime, database pools, HTTP clients. One per process.</summary>
public sealed class ProcessMetrics : IDisposable
{
    private static readonly HashSet<string> Meters = ["System.Runtime", "System.Net.Http", "Npgsql"];

    /// <summary>Starts to listen.</summary>
    public ProcessMetrics(int seriesLimit = PrometheusExporter.DefaultSeriesLimit) => Reader = new MeterReader(scope: null, Meters, seriesLimit);

    internal MeterReader Reader { get; }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
