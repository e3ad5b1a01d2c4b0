using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;

namespace CrmPlatform.Integrations.Sending;

/// <summary>An event of the feed.</summary>
/// <param name="Id">Identifies it for ever.</param>
/// <param name="Service">Who told it.</param>
/// <param name="Position">Its number in what that service told of this tenant.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="RecordId">The record it happened to.</param>
/// <param name="Version">The record's version after it.</param>
/// <param name="ActorJson">Who did it, as JSON.</param>
/// <param name="Operation">The operation it was part of.</param>
/// <param name="Body">What was told, as JSON.</param>
internal sealed record Happening(
    Guid Id, string Service, long Position, DateTimeOffset At, string Type, Guid RecordId, int Version, string ActorJson, Guid Operation, string Body)
{
    /// <summary>The record type.</summary>
    public KnownRecord Record { get; } = KnownRecords.Of(EventTypes.RecordOf(Type));

    /// <summary>The fields that changed.</summary>
    public Changes Changes => field ??= JsonSerializer.Deserialize<AnyEvent>(Body, Contracts.Changes.Json)?.Changes ?? [];

    /// <summary>Who did it.</summary>
    public Actor Who => field ??= JsonSerializer.Deserialize<Actor>(ActorJson, Contracts.Changes.Json)!;

    private sealed record AnyEvent : RecordEvent;
}
