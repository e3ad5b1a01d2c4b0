using CrmPlatform.Contracts;

namespace CrmPlatform.Activities.Timeline;

/// <summary>What people call changes of some fields of a lead or a deal; what follows from others by itself is told with those, or not at all.</summary>
internal static class Steps
{
    private static readonly Dictionary<string, string> OfLead = new()
    {
        ["ownerId"] = "assigned",
        ["status"] = "moved",
        ["grade"] = "graded",
        ["firstResponseAt"] = "answered",
    };

    // Computed with every look: of these people hear as a grade, a step, a warning.
    private static readonly HashSet<string> Silent =
    [
        "fitScore", "engagementScore", "rescoreAt", "statusSince", "assignedAt", "responseDueAt", "responseOverdueAt", "responseWatchedUntil", "displayName",
        "email", "phone", "bant", "convertedContactId", "convertedAccountId", "convertedDealId", "convertedAt", "convertedById",
        "stageId", "pipelineId", "previousStageId", "stageEnteredAt", "closedOn", "probability", "category", "weighted", "converted", "rate",
        "stalledAt", "overdueAt", "stallsAt", "lapsesAt", "firstCloseOn", "slips",
    ];

    /// <summary>The lines of a lead that was captured: that it was, and what came of it at once.</summary>
    public static IReadOnlyList<TimelineEntry> Captured(Changes? changes)
    {
        var captured = new TimelineEntry("captured") { Fields = [.. (changes ?? []).Keys.Where(f => !Silent.Contains(f) && !OfLead.ContainsKey(f))] };
        return [captured, .. Named(changes, OfLead).Where(line => line.Fields[0] != "status")];
    }

    /// <summary>The lines of a change of a lead.</summary>
    public static IReadOnlyList<TimelineEntry> Lead(Changes? changes) => Lines(changes, OfLead);

    /// <summary>The lines of a change of a deal.</summary>
    public static IReadOnlyList<TimelineEntry> Deal(Changes? changes) => Lines(changes, new() { ["ownerId"] = "assigned" });

    private static IReadOnlyList<TimelineEntry> Lines(Changes? changes, Dictionary<string, string> words)
    {
        string[] others = [.. (changes ?? []).Keys.Where(f => !Silent.Contains(f) && !words.ContainsKey(f))];
        return [.. others.Length > 0 ? [new TimelineEntry("changed") { Fields = others }] : (TimelineEntry[])[], .. Named(changes, words)];
    }

    private static IEnumerable<TimelineEntry> Named(Changes? changes, Dictionary<string, string> words) =>
        from word in words
        let change = changes?.GetValueOrDefault(word.Key)
        where change is not null
        select TimelineEntry.Of(word.Value, word.Key, change);
}
