using System.Diagnostics;
using CrmPlatform.Journal.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>
/// Traces of the process. What listens to activities is process-wide, so there is one provider; several services may run in it,
/// so each has an exporter with a resource of its own, and <see cref="SpansByService"/> hands every span to the one it belongs to.
/// </summary>
public sealed class Tracing : IDisposable
{
    /// <summary>The tag of a span that says which service it belongs to; spans below it in the same process follow.</summary>
    public const string ServiceTag = "crm.service";

    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", JournalMetrics.MeterName];

    private readonly List<IDisposable> parts = [];

    private Tracing()
    {
    }

    /// <summary>
    /// Exports to the collector at <paramref name="endpoint"/> (OTLP over gRPC on port 4317, else over HTTP) the given ratio of all
    /// traces. The ratio is one of trace ids: every process keeps the same traces, whatever a caller asks for.
    /// Without an endpoint trace ids still travel, and nothing is recorded. To be called before the apps are built.
    /// </summary>
    public static Tracing Start(IReadOnlyList<string> services, Uri? endpoint, double ratio)
    {
        // ASP.NET fills in method, route and status of its spans only when asked to.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        return endpoint is null
            ? PassOn()
            : Export(services, ratio, _ => new BatchActivityExportProcessor(new OtlpTraceExporter(Options(endpoint))));
    }

    /// <summary>As <see cref="Start"/>, with what shall become of each service's spans.</summary>
    public static Tracing Export(IReadOnlyList<string> services, double ratio, Func<string, BaseProcessor<Activity>> exporterOf)
    {
        var tracing = new Tracing();
        var exporters = new Dictionary<string, BaseProcessor<Activity>>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            exporters[service] = exporterOf(service);
            tracing.parts.Add(Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(service, serviceNamespace: "crm"))
                .AddProcessor(exporters[service])
                .Build());
        }

        var sampler = new TraceIdRatioBasedSampler(Math.Clamp(ratio, 0, 1));
        tracing.parts.Insert(0, Sdk.CreateTracerProviderBuilder()
            .AddSource(Sources)
            .SetSampler(new ParentBasedSampler(rootSampler: sampler, remoteParentSampled: sampler))
            .AddProcessor(new SpansByService(exporters, services[0]))
            .Build());
        return tracing;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }

    private static Tracing PassOn()
    {
        var tracing = new Tracing();
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is JournalMetrics.MeterName or "MassTransit",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        tracing.parts.Add(listener);
        return tracing;
    }

    private static OtlpExporterOptions Options(Uri endpoint) => endpoint.Port == 4317
        ? new OtlpExporterOptions { Endpoint = endpoint, Protocol = OtlpExportProtocol.Grpc }
        : new OtlpExporterOptions { Endpoint = new Uri(endpoint, "/v1/traces"), Protocol = OtlpExportProtocol.HttpProtobuf };
}
