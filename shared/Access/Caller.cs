namespace CrmPlatform.Access;

/// <summary>What a valid token says: who calls, for which tenant, with which rights, until when.</summary>
/// <param name="Actor">Who calls; the part that the journal keeps.</param>
/// <param name="Tenant">Whose data the caller works with.</param>
/// <param name="Scopes">What the token allows.</param>
/// <param name="Plan">The tenant's plan, which decides how much it may ask per minute.</param>
/// <param name="Expires">When the token ends.</param>
public sealed record Caller(Actor Actor, Guid Tenant, IReadOnlySet<string> Scopes, string Plan, DateTimeOffset Expires)
{
    /// <summary>The caller's roles, by name: together they decide what the scopes leave open. Null leaves it to the scopes alone.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The caller's teams and those below them: whose records count as the team's own.</summary>
    public IReadOnlyList<Guid> Teams { get; init; } = [];
}
