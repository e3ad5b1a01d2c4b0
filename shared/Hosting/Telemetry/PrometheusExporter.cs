using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>
/// The metrics of one app as Prometheus reads them (text format 0.0.4): those of its own meters, and of the process it runs in.
/// Every line carries the label <c>service</c>.
/// </summary>
public sealed class PrometheusExporter : IDisposable
{
    /// <summary>The type of the page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>How many series one instrument may have.</summary>
    public const int DefaultSeriesLimit = 2_000;

    private static readonly HashSet<string> Meters =
    [
        JournalMetrics.MeterName, "System.Net.Http",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting",
    ];

    private readonly string service;
    private readonly MeterReader own;
    private readonly MeterReader process;

    /// <summary>Starts to listen; what was measured before is not seen.</summary>
    public PrometheusExporter(string service, IMeterFactory meters, ProcessMetrics process, int seriesLimit = DefaultSeriesLimit)
    {
        this.service = service;
        this.process = process.Reader;
        own = new MeterReader(meters, Meters, seriesLimit);
    }

    /// <summary>The page, as of now.</summary>
    public string Page()
    {
        var page = new PrometheusPage(service);
        own.Read(page.Add);
        process.Read(page.Add);
        return page.Text(own.Failures + process.Failures);
    }

    /// <inheritdoc/>
    public void Dispose() => own.Dispose();
}
