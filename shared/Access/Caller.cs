namespace CrmPlatform.Access;

/// <summary>What a valid token says: who calls, for which tenant, with which rights, until when.</summary>
/// <param name="Actor">Who calls; the part that the journal keeps.</param>
/// <param name="Tenant">Whose data the caller works with.</param>
/// <param name="Scopes">What the token allows.</param>
/// <param name="Plan">The tenant's plan, which decides how much it may ask per minute.</param>
/// <param name="Expires">When the token ends.</param>
public sealed record Caller(Actor Actor, Guid Tenant, IReadOnlySet<string> Scopes, string Plan, DateTimeOffset Expires);
