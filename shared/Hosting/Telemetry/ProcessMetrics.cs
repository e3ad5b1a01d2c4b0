namespace CrmPlatform.Hosting.Telemetry;

/// <summary>What the process as a whole reports, whichever apps run in it: runtime, database pools, HTTP clients.</summary>
public sealed class ProcessMetrics : IDisposable
{
    private static readonly HashSet<string> Meters = ["System.Runtime", "System.Net.Http", "Npgsql"];

    /// <summary>Starts to listen; there is one per process.</summary>
    public ProcessMetrics(int seriesLimit = PrometheusExporter.DefaultSeriesLimit) =>
        Reader = new MeterReader(scope: null, Meters, seriesLimit);

    internal MeterReader Reader { get; }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
