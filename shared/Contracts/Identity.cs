namespace CrmPlatform.Contracts.Identity;

/// <summary>A tenant made a role of its own.</summary>
[Event("identity.role.created")]
public sealed record RoleCreated : RecordEvent;

/// <summary>What a role allows changed, or what it is called.</summary>
[Event("identity.role.updated")]
public sealed record RoleUpdated : RecordEvent;

/// <summary>A role went to the trash: it allows nothing, or what the ready-made one of its name allows.</summary>
[Event("identity.role.deleted")]
public sealed record RoleDeleted : RecordEvent;

/// <summary>A role came back from the trash.</summary>
[Event("identity.role.restored")]
public sealed record RoleRestored : RecordEvent;
