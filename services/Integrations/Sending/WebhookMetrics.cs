using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Integrations.Sending;

/// <summary>What is counted of webhooks (names and meaning: docs/webhooks.md).</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> tried, disabled;
    private readonly Histogram<double> lag, took;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the service's own.</summary>
    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "integrations")]);
        tried = meter.CreateCounter<long>("crm.webhook.tried", "{request}", "Requests to webhooks, by what came of them and, where they failed, to which.");
        disabled = meter.CreateCounter<long>("crm.webhook.disabled", "{webhook}", "Webhooks that were disabled because they took nothing, by why.");
        lag = meter.CreateHistogram<double>("crm.webhook.lag", "s", "From what happened to its first delivery that was taken.");
        took = meter.CreateHistogram<double>("crm.webhook.duration", "s", "How long whoever is told takes to answer.");
    }

    public void Tried(Outcome outcome)
    {
        if (outcome.Answered.IsTaken)
            tried.Add(1, new KeyValuePair<string, object?>("outcome", outcome.State));
        else
            tried.Add(1, new("outcome", outcome.State), new("webhook", outcome.Webhook.ToString()));
        took.Record(outcome.Answered.TookMs / 1000.0);
        if (outcome.Answered.IsTaken && outcome.Number == 1)
            lag.Record((outcome.Answered.At - outcome.What.At).TotalSeconds);
    }

    public void Disabled(string why) => disabled.Add(1, new KeyValuePair<string, object?>("because", why));
}
