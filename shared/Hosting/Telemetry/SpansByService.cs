using System.Diagnostics;
using OpenTelemetry;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>Hands each finished span to the exporter of the service it belongs to.</summary>
internal sealed class SpansByService(IReadOnlyDictionary<string, BaseProcessor<Activity>> exporters, string fallback)
    : BaseProcessor<Activity>
{
    public override void OnEnd(Activity span) => exporters[ServiceOf(span)].OnEnd(span);

    // A request's span is tagged by the app that served it, what it does further down has it as parent. A consumer's span has no
    // parent in the process, but the service's queue bears the service's name.
    private string ServiceOf(Activity span)
    {
        for (var at = span; at is not null; at = at.Parent)
        {
            var service = Known(at.GetTagItem(Tracing.ServiceTag))
                ?? OfSource(at.Source)
                ?? Known(at.GetTagItem("messaging.destination.name"));
            if (service is not null) return service;
        }

        return fallback;
    }

    private string? OfSource(ActivitySource source)
    {
        foreach (var (name, value) in source.Tags ?? [])
        {
            if (name is "service" or Tracing.ServiceTag) return Known(value);
        }

        return null;
    }

    private string? Known(object? name) => name is string service && exporters.ContainsKey(service) ? service : null;
}
