namespace CrmPlatform.Contracts.Integrations;

/// <summary>An address was entered that events are delivered to.</summary>
[Event("integrations.webhook.created")]
public sealed record WebhookCreated : RecordEvent;

/// <summary>What is delivered to an address changed, or how, or whether.</summary>
[Event("integrations.webhook.updated")]
public sealed record WebhookUpdated : RecordEvent;

/// <summary>An address went to the trash: nothing more is delivered to it.</summary>
[Event("integrations.webhook.deleted")]
public sealed record WebhookDeleted : RecordEvent;

/// <summary>An address came back from the trash.</summary>
[Event("integrations.webhook.restored")]
public sealed record WebhookRestored : RecordEvent;

/// <summary>An address takes nothing any more, so nothing is sent to it until somebody resumes it. What happens meanwhile waits.</summary>
[Event("integrations.webhook.disabled")]
public sealed record WebhookDisabled : RecordEvent
{
    /// <summary>Why: <c>gone</c> (it answered 410), <c>failing</c> (it took nothing for as long as it is tried).</summary>
    public required string Because { get; init; }

    /// <summary>What it answered last, if it answered.</summary>
    public int? Status { get; init; }

    /// <summary>What the webhook is called.</summary>
    public string? Name { get; init; }

    /// <summary>Whose it is, if it is somebody's.</summary>
    public Guid? OwnerId { get; init; }
}
