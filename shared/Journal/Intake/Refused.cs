using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Audit;

namespace CrmPlatform.Journal.Intake;

/// <summary>Why another service could not do what follows from an event of this one.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Message">The reason, for people.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record NotFollowed(string Service, string Code, string Message, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>All of it in a few sentences.</summary>
    public override string ToString() => string.Join(' ', [$"{Service}: {Message}", .. Errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}")]);
}

/// <summary>
/// Another service has refused what follows from an event of this one. The operation is taken back here, of which the others hear; and the record says
/// why. What has been taken back already stays as it is.
/// </summary>
public sealed class Refused(string told, Func<Session, Guid, NotFollowed, Task> then) : Projection
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Wants { get; } = [$"*.{Looks.Refusal}.noted"];

    internal override bool IsInTurn => true;

    /// <inheritdoc/>
    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events)
    {
        foreach (var refusal in events)
            if (refusal.Read<Facts>() is { } facts && facts.After == told && await session.Knows(refusal.Operation)
                && await TakeBack(session, refusal.Operation))
                await then(session, facts.Record, new NotFollowed(
                    refusal.Type.Split('.')[0], facts.Code, facts.Message, facts.Errors ?? new Dictionary<string, string[]>()));
    }

    // Under the operation itself no undo can be told from what it did: it is one of its own.
    private static async Task<bool> TakeBack(Session session, Guid operation)
    {
        session.UnderOperation(Guid.CreateVersion7(session.Now));
        return (await Undo.Run(session, operation, keepChanged: true)).Records > 0;
    }

    private sealed record Facts : RecordEvent
    {
        public string? After { get; init; }

        public Guid Record { get; init; }

        public string Code { get; init; } = "";

        public string Message { get; init; } = "";

        public Dictionary<string, string[]>? Errors { get; init; }
    }
}
