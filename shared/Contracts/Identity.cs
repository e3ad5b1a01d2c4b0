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

/// <summary>A client was made: a program that people let act for them, or that acts for itself.</summary>
[Event("identity.client.created")]
public sealed record ClientCreated : RecordEvent;

/// <summary>A client changed: where it may send people back to, what it can ask for.</summary>
[Event("identity.client.updated")]
public sealed record ClientUpdated : RecordEvent;

/// <summary>A client was revoked: every token it has is refused from here on.</summary>
[Event("identity.client.revoked")]
public sealed record ClientRevoked : RecordEvent;

/// <summary>A client that was revoked went to the trash.</summary>
[Event("identity.client.deleted")]
public sealed record ClientDeleted : RecordEvent;

/// <summary>A client came back from the trash; it stays revoked.</summary>
[Event("identity.client.restored")]
public sealed record ClientRestored : RecordEvent;

/// <summary>An API key was made.</summary>
[Event("identity.apiKey.created")]
public sealed record ApiKeyCreated : RecordEvent;

/// <summary>An API key changed: what it may do, from where, how its secret begins.</summary>
[Event("identity.apiKey.updated")]
public sealed record ApiKeyUpdated : RecordEvent;

/// <summary>An API key was revoked: every token made from it is refused from here on.</summary>
[Event("identity.apiKey.revoked")]
public sealed record ApiKeyRevoked : RecordEvent;

/// <summary>An API key that was revoked went to the trash.</summary>
[Event("identity.apiKey.deleted")]
public sealed record ApiKeyDeleted : RecordEvent;

/// <summary>An API key came back from the trash; it stays revoked.</summary>
[Event("identity.apiKey.restored")]
public sealed record ApiKeyRestored : RecordEvent;

/// <summary>Somebody lets a client act for them.</summary>
[Event("identity.connection.created")]
public sealed record ConnectionCreated : RecordEvent;

/// <summary>What is kept of a connection changed.</summary>
[Event("identity.connection.updated")]
public sealed record ConnectionUpdated : RecordEvent;

/// <summary>A client acts for somebody no more: every token that came of the connection is refused from here on.</summary>
[Event("identity.connection.revoked")]
public sealed record ConnectionRevoked : RecordEvent
{
    /// <summary>Why: <c>revoked</c>, <c>reused</c> (a refresh token or code came twice), <c>clientRevoked</c>.</summary>
    public required string Because { get; init; }
}
