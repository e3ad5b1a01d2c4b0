namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Takes events by the run instead of one by one: a few set-based statements for hundreds of events. Shares the run's transaction, so it
/// sees each event exactly once and in the order of its record.
/// </summary>
public abstract class Projection
{
    /// <summary>What it wants to hear, as the bus matches it: <c>contacts.contact.*</c>, <c>#</c>.</summary>
    public abstract IReadOnlyList<string> Wants { get; }

    /// <summary>Whether it takes events one by one, each after the consumers of the same event and in a session that acts as who did it.</summary>
    internal virtual bool IsInTurn => false;

    /// <summary>Takes up the events of one tenant, in order.</summary>
    public abstract Task Apply(Session session, IReadOnlyList<IncomingEvent> events);

    /// <summary>Whether any of its patterns matches an event's type.</summary>
    internal bool Hears(string type) => Wants.Any(pattern => Topics.Match(pattern, type));
}
