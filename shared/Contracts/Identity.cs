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

/// <summary>A company signed up.</summary>
[Event("identity.company.created")]
public sealed record CompanyCreated : RecordEvent;

/// <summary>What a company says of itself changed, or its plan.</summary>
[Event("identity.company.updated")]
public sealed record CompanyUpdated : RecordEvent;

/// <summary>Somebody was invited, or signed up.</summary>
[Event("identity.user.created")]
public sealed record UserCreated : RecordEvent;

/// <summary>What a company keeps of one of its people changed: name, roles, teams, status, hours.</summary>
[Event("identity.user.updated")]
public sealed record UserUpdated : RecordEvent;

/// <summary>A person was taken off the company's list.</summary>
[Event("identity.user.deleted")]
public sealed record UserDeleted : RecordEvent;

/// <summary>A person was put back on the company's list.</summary>
[Event("identity.user.restored")]
public sealed record UserRestored : RecordEvent;

/// <summary>A team was formed.</summary>
[Event("identity.team.created")]
public sealed record TeamCreated : RecordEvent;

/// <summary>A team changed: its name, what it is part of, who leads it.</summary>
[Event("identity.team.updated")]
public sealed record TeamUpdated : RecordEvent;

/// <summary>A team was dissolved.</summary>
[Event("identity.team.deleted")]
public sealed record TeamDeleted : RecordEvent;

/// <summary>A team came back.</summary>
[Event("identity.team.restored")]
public sealed record TeamRestored : RecordEvent;

/// <summary>Somebody logged in with a device.</summary>
[Event("identity.signIn.created")]
public sealed record SignInCreated : RecordEvent;

/// <summary>What is kept of a sign-in changed.</summary>
[Event("identity.signIn.updated")]
public sealed record SignInUpdated : RecordEvent;

/// <summary>A sign-in ended: every token issued in its name is refused from here on.</summary>
[Event("identity.signIn.revoked")]
public sealed record SignInRevoked : RecordEvent
{
    /// <summary>Why: <c>loggedOut</c>, <c>revoked</c>, <c>timedOut</c>, <c>deactivated</c>, <c>passwordChanged</c>.</summary>
    public required string Because { get; init; }
}

/// <summary>Somebody cannot log in any more. What they owned goes to somebody else, in every service, under the same operation.</summary>
[Event("identity.user.deactivated")]
public sealed record UserDeactivated : RecordEvent
{
    /// <summary>Who takes over what they owned; nobody where it stays as it is.</summary>
    public Guid? HandOverTo { get; init; }
}
