namespace CrmPlatform.Access;

/// <summary>Who calls and what they may do, as their token says; the journal keeps the <see cref="Actor"/> of it.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Tenant">Whose data they work on.</param>
/// <param name="Scopes">What the token allows.</param>
/// <param name="Plan">The tenant's plan, which sets limits.</param>
/// <param name="Expires">When the token ends.</param>
public sealed record Caller(Actor Actor, Guid Tenant, IReadOnlySet<string> Scopes, string Plan, DateTimeOffset Expires);

/// <summary>What a check of a token found: a caller, or a stable code and a sentence that give nothing away.</summary>
public sealed record Verdict(Caller? Caller, string Code, string Message)
{
    internal static readonly Verdict Invalid = new(null, "token_invalid", "The token is not valid.");

    internal static readonly Verdict Expired = new(null, "token_expired", "The token has expired.");

    internal static Verdict Of(Caller caller) => new(caller, "ok", "");
}
