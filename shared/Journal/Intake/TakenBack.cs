using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// What followed here from another service's events is taken back when these are undone there. Through the edge all services undo as one; but a
/// service may hear of an operation only after it was undone, or be the first to undo it. What somebody has changed since is kept.
/// </summary>
/// <param name="record">The other service's record type: <c>leads.lead</c>.</param>
public sealed class TakenBack(string record) : Projection
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Wants { get; } = [$"{record}.*"];

    internal override bool IsInTurn => true;

    /// <inheritdoc/>
    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events)
    {
        foreach (var told in events)
            if (told.Read<Facts>() is { Undoes: { } operation } && !await session.Knows(told.Operation) && await session.Knows(operation))
                await Undo.Run(session, operation, keepChanged: true);
    }

    private sealed record Facts : RecordEvent
    {
        public Guid? Undoes { get; init; }
    }
}
