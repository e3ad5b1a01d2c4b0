namespace CrmPlatform.Contracts.Contacts;

/// <summary>A company was entered.</summary>
[Event("contacts.account.created")]
public sealed record AccountCreated : RecordEvent;

/// <summary>Fields of a company changed.</summary>
[Event("contacts.account.updated")]
public sealed record AccountUpdated : RecordEvent;

/// <summary>A company went to the trash.</summary>
[Event("contacts.account.deleted")]
public sealed record AccountDeleted : RecordEvent;

/// <summary>A company came back from the trash.</summary>
[Event("contacts.account.restored")]
public sealed record AccountRestored : RecordEvent;

/// <summary>Another company was merged into this one; its contacts moved here.</summary>
[Event("contacts.account.merged")]
public sealed record AccountMerged : RecordEvent
{
    /// <summary>The company that was merged and is now in the trash.</summary>
    public required Guid Loser { get; init; }

    /// <summary>How many contacts moved.</summary>
    public required int ContactsMoved { get; init; }
}

/// <summary>A person was entered.</summary>
[Event("contacts.contact.created")]
public sealed record ContactCreated : RecordEvent;

/// <summary>Fields of a person changed.</summary>
[Event("contacts.contact.updated")]
public sealed record ContactUpdated : RecordEvent;

/// <summary>A person went to the trash.</summary>
[Event("contacts.contact.deleted")]
public sealed record ContactDeleted : RecordEvent;

/// <summary>A person came back from the trash.</summary>
[Event("contacts.contact.restored")]
public sealed record ContactRestored : RecordEvent;
