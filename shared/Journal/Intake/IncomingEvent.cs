using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Intake;

/// <summary>An event of any service, as it came from the bus.</summary>
public sealed class IncomingEvent
{
    private AnyEvent? content;

    internal IncomingEvent(ReadOnlyMemory<byte> body) => Body = body;

    /// <summary>Identifies the event for ever.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened: <c>contacts.contact.created</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whose data it is about.</summary>
    public required Guid Tenant { get; init; }

    /// <summary>The record it happened to.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>The record's version after it.</summary>
    public required int Version { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The operation it was part of.</summary>
    public required Guid Operation { get; init; }

    /// <summary>The trace it belongs to.</summary>
    public string? Trace { get; init; }

    /// <summary>The service that tells it.</summary>
    public string Source => Type[..Type.IndexOf('.')];

    /// <summary>The rebuilding of copies that it is told for again, and for nothing else; null where it is news.</summary>
    public Guid? Rebuild { get; init; }

    /// <summary>The record's type with its service: <c>contacts.contact</c>.</summary>
    public string Record => Type[..Type.LastIndexOf('.')];

    /// <summary>The fields that changed; empty when none did.</summary>
    public Changes Changes => (content ??= Read<AnyEvent>()).Changes ?? [];

    /// <summary>Whether the record went into the trash with this event or came back from there; null when it did neither.</summary>
    public bool? Trashed => (content ??= Read<AnyEvent>()).Trashed;

    /// <summary>Whether it tells of something that was looked at, taken out or refused, by which no record changed.</summary>
    public bool ChangesNothing => Record[(Record.IndexOf('.') + 1)..] is Audit.Looks.Export or Audit.Looks.Reading or Audit.Looks.Refusal;

    /// <summary>The body as it travelled: JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Why this is no event at all, if it is none.</summary>
    internal string? Defect { get; init; }

    /// <summary>The body as a contract.</summary>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body.Span, Changes.Json) ?? throw new Unreadable("The body is empty.");
        }
        catch (JsonException e)
        {
            throw new Unreadable($"The body does not fit {typeof(T).Name}: {e.Message}", e);
        }
    }

    private sealed record AnyEvent : RecordEvent
    {
        public bool? Trashed { get; init; }
    }
}

/// <summary>A message that no attempt will ever make sense of: it is parked at once.</summary>
internal sealed class Unreadable(string message, Exception? inner = null) : Exception(message, inner);
