using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Identity.OAuth;

/// <summary>What is counted of the protocol (names and meaning: docs/metrics.md).</summary>
public sealed class OAuthMetrics
{
    private readonly Counter<long> issued, refused, reused;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the service's own.</summary>
    public OAuthMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "identity")]);
        issued = meter.CreateCounter<long>("crm.tokens.issued", "{token}", "Access tokens issued, by the kind of grant.");
        refused = meter.CreateCounter<long>("crm.tokens.refused", "{request}", "Requests of the protocol that were refused, by the error of RFC 6749.");
        reused = meter.CreateCounter<long>("crm.tokens.reused", "{token}", "Codes and refresh tokens that came a second time, which ended their connection.");
    }

    /// <summary>A token was issued for a grant.</summary>
    public void Issued(string grant) => issued.Add(1, new KeyValuePair<string, object?>("grant", grant));

    /// <summary>A request was refused.</summary>
    public void Refused(string error) => refused.Add(1, new KeyValuePair<string, object?>("error", error));

    /// <summary>What is good for one use came twice.</summary>
    public void Reused() => reused.Add(1);
}
