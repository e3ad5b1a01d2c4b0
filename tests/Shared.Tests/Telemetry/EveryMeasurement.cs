using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Telemetry;

namespace CrmPlatform.Shared.Tests.Telemetry;

/// <summary>Takes each measurement the platform knows, once.</summary>
internal static class EveryMeasurement
{
    public static void Take(JournalMetrics journal, HttpMetrics http, TellingMetrics telling)
    {
        var now = TimeProvider.System.GetUtcNow();

        journal.Appended("contacts.contact.created");
        journal.Told(3, position: 3);
        journal.Chain(position: 3);
        journal.Relaying(active: true);
        journal.Outbox(depth: 2, oldestAt: now);
        journal.Anchored(position: 3, at: now);
        foreach (var outcome in Enum.GetValues<Outcome>()) journal.Consumed("contacts.contact.created", outcome, committed: now);
        journal.Waiting(1);
        journal.Parked(1);
        journal.Undone("undone");
        journal.Denied("contact", "update");

        http.Refused("contact.stale");
        http.Replayed();
        http.DoneAgain();
        http.TokenChecked("valid");
        telling.Connected(1, "socket");
        telling.Opened(1);
        telling.Told(TimeSpan.FromMilliseconds(20));
        telling.Dropped(2, "coalesced");
        telling.Ended("token_expired");
        journal.Database(up: true);
        journal.Broker(up: false);
    }
}
