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

/// <summary>Another person was merged into this one; all that referred to the other refers to this one now.</summary>
[Event("contacts.contact.merged")]
public sealed record ContactMerged : RecordEvent
{
    /// <summary>The person that was merged and is now in the trash.</summary>
    public required Guid Loser { get; init; }
}

/// <summary>A person got a part in a company.</summary>
[Event("contacts.accountContact.created")]
public sealed record AccountContactCreated : RecordEvent;

/// <summary>A person's part in a company changed.</summary>
[Event("contacts.accountContact.updated")]
public sealed record AccountContactUpdated : RecordEvent;

/// <summary>A person's part in a company went to the trash.</summary>
[Event("contacts.accountContact.deleted")]
public sealed record AccountContactDeleted : RecordEvent;

/// <summary>A person's part in a company came back from the trash.</summary>
[Event("contacts.accountContact.restored")]
public sealed record AccountContactRestored : RecordEvent;

/// <summary>What one person is to another was entered.</summary>
[Event("contacts.contactRelation.created")]
public sealed record ContactRelationCreated : RecordEvent;

/// <summary>What one person is to another changed.</summary>
[Event("contacts.contactRelation.updated")]
public sealed record ContactRelationUpdated : RecordEvent;

/// <summary>What one person is to another went to the trash.</summary>
[Event("contacts.contactRelation.deleted")]
public sealed record ContactRelationDeleted : RecordEvent;

/// <summary>What one person is to another came back from the trash.</summary>
[Event("contacts.contactRelation.restored")]
public sealed record ContactRelationRestored : RecordEvent;

/// <summary>A person's answer to what we may do was entered.</summary>
[Event("contacts.consent.created")]
public sealed record ConsentCreated : RecordEvent;

/// <summary>A person's answer to what we may do changed.</summary>
[Event("contacts.consent.updated")]
public sealed record ConsentUpdated : RecordEvent;

/// <summary>A person's answer to what we may do went to the trash.</summary>
[Event("contacts.consent.deleted")]
public sealed record ConsentDeleted : RecordEvent;

/// <summary>A person's answer to what we may do came back from the trash.</summary>
[Event("contacts.consent.restored")]
public sealed record ConsentRestored : RecordEvent;

/// <summary>How people and companies are to be entered was said for the first time.</summary>
[Event("contacts.contactSettings.created")]
public sealed record ContactSettingsCreated : RecordEvent;

/// <summary>How people and companies are to be entered changed.</summary>
[Event("contacts.contactSettings.updated")]
public sealed record ContactSettingsUpdated : RecordEvent;

/// <summary>How people and companies are to be entered went to the trash: the usual holds.</summary>
[Event("contacts.contactSettings.deleted")]
public sealed record ContactSettingsDeleted : RecordEvent;

/// <summary>How people and companies are to be entered came back from the trash.</summary>
[Event("contacts.contactSettings.restored")]
public sealed record ContactSettingsRestored : RecordEvent;
