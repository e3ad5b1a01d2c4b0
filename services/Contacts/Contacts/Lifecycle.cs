using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>How far a person has come with us, in this order.</summary>
public enum LifecycleStage
{
    /// <summary>Wants to hear from us.</summary>
    Subscriber,

    /// <summary>Has shown interest.</summary>
    Lead,

    /// <summary>Worth marketing's while.</summary>
    [Label("MQL")]
    Mql,

    /// <summary>Worth a salesperson's while.</summary>
    [Label("SQL")]
    Sql,

    /// <summary>Part of an open deal.</summary>
    Opportunity,

    /// <summary>Has bought.</summary>
    Customer,

    /// <summary>Has bought, and brings others.</summary>
    Evangelist,

    /// <summary>Has gone another way.</summary>
    Other,
}

/// <summary>When a stage was reached.</summary>
public sealed record StageReached(LifecycleStage Stage, DateTimeOffset At);

/// <summary>Dates the stages, and keeps those who enter many at once from taking a person back.</summary>
public static class Lifecycle
{
    // Doors of many records at once, where nobody looks at each.
    private static readonly HashSet<string> OnlyForward = ["import", "batch"];

    /// <summary>The rule.</summary>
    public static ValueTask<Contact> Rule(Session session, Contact? before, Contact after)
    {
        if (before?.LifecycleStage == after.LifecycleStage)
            return new(after);
        if (OnlyForward.Contains(session.Cause.Actor.Door) && Rank(after.LifecycleStage) < Rank(before?.LifecycleStage))
            return new(after with { LifecycleStage = before!.LifecycleStage, StagesReached = before.StagesReached });
        var dated = after.LifecycleStage is null || before is not null && after.StagesReached != before.StagesReached; // a merge or an undo brings dates along
        return new(dated ? after : after with { StagesReached = Reached(after.StagesReached, after.LifecycleStage!.Value, session.Now) });
    }

    /// <summary>The one of two stages that is further on.</summary>
    public static LifecycleStage? Further(LifecycleStage? one, LifecycleStage? other) => Rank(other) > Rank(one) ? other : one;

    /// <summary>The dates of two, the earlier of each stage.</summary>
    public static IReadOnlyList<StageReached> Both(IEnumerable<StageReached> one, IEnumerable<StageReached> other) =>
        [.. one.Concat(other).GroupBy(r => r.Stage).OrderBy(g => g.Key).Select(g => new StageReached(g.Key, g.Min(r => r.At)))];

    private static IReadOnlyList<StageReached> Reached(IEnumerable<StageReached> known, LifecycleStage stage, DateTimeOffset at) =>
        [.. known.Where(r => r.Stage != stage), new StageReached(stage, at)];

    // The last two are both ends.
    private static int Rank(LifecycleStage? stage) => stage is null ? -1 : Math.Min((int)stage, (int)LifecycleStage.Evangelist);
}
