using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>What the doors of one app report beside ASP.NET's own metrics (names and meaning: docs/metrics.md).</summary>
public sealed class HttpMetrics
{
    private readonly Counter<long> refused, replayed, tokens;
    private long again;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the app's own.</summary>
    public HttpMetrics(IMeterFactory meters, string service)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", service)]);

        refused = meter.CreateCounter<long>("crm.http.refused", "{request}", "Requests answered with a problem, by its code.");
        replayed = meter.CreateCounter<long>("crm.http.replayed", "{request}", "Writes answered with the first answer to their key.");
        meter.CreateObservableCounter(
            "crm.http.again", () => Interlocked.Read(ref again), "{request}", "Writes done once more, because two had waited for each other.");
        tokens = meter.CreateCounter<long>("crm.tokens.checked", "{token}", "Tokens checked, by result.");
    }

    /// <summary>A request ended in a problem of this code.</summary>
    public void Refused(string code) => refused.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>A write was a repetition and got the first answer again.</summary>
    public void Replayed() => replayed.Add(1);

    /// <summary>Two writes had waited for each other, and this one is done once more.</summary>
    public void DoneAgain() => Interlocked.Increment(ref again);

    /// <summary>A token was checked (<c>valid</c>, or why not).</summary>
    public void TokenChecked(string result) => tokens.Add(1, new KeyValuePair<string, object?>("result", result));
}
