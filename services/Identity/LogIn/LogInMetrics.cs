using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Identity.LogIn;

/// <summary>What is counted of logging in (names and meaning: docs/identity.md).</summary>
public sealed class LogInMetrics
{
    private readonly Counter<long> attempts, passwords, ended;

    /// <summary>The instruments live as long as <paramref name="meters"/>, which is the service's own.</summary>
    public LogInMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JournalMetrics.MeterName, version: null, tags: [new("service", "identity")]);
        attempts = meter.CreateCounter<long>("crm.logins", "{attempt}", "Attempts to log in, by how far they came.");
        passwords = meter.CreateCounter<long>("crm.passwords.checked", "{password}", "Passwords that were compared with a hash.");
        ended = meter.CreateCounter<long>("crm.signins.ended", "{signin}", "Sign-ins that ended, by why.");
    }

    /// <summary>Somebody tried: <c>passed</c>, <c>wrong</c>, <c>slowed</c>, <c>second</c> …</summary>
    public void Tried(string outcome) => attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A password was compared.</summary>
    public void PasswordChecked() => passwords.Add(1);

    /// <summary>Sign-ins ended.</summary>
    public void Ended(string because, int count = 1) => ended.Add(count, new KeyValuePair<string, object?>("because", because));
}
