using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Identity.Mail;

/// <summary>What is counted of mail (names and meaning: docs/identity.md).</summary>
internal sealed class MailMetrics
{
    private readonly Counter<long> sent, failed;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the service's own.</summary>
    public MailMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "identity")]);
        sent = meter.CreateCounter<long>("crm.mail.sent", "{mail}", "Mails a server took, or that went into the folder, by kind.");
        failed = meter.CreateCounter<long>("crm.mail.failed", "{mail}", "Attempts to send a mail that failed, by kind and whether it was given up.");
    }

    public void Sent(string kind) => sent.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Failed(string kind, bool isLost) => failed.Add(1, new("kind", kind), new("lost", isLost ? "yes" : "no"));
}
