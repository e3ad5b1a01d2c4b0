namespace CrmPlatform.Access;

/// <summary>The outcome of a token check: a caller, or why there is none.</summary>
public sealed record Verdict
{
    private Verdict(Caller? caller, TokenFault? fault) => (Caller, Fault) = (caller, fault);

    /// <summary>Who calls, when the token is valid.</summary>
    public Caller? Caller { get; }

    /// <summary>What is wrong with the token; for logs and metrics, not for the client.</summary>
    public TokenFault? Fault { get; }

    /// <summary>The stable code a client may see: <c>ok</c>, <c>token_expired</c> or <c>token_invalid</c>.</summary>
    /// <remarks>A client can act on an expired token (fetch another). Anything finer would only help whoever forges one.</remarks>
    public string Code => Fault switch
    {
        null => "ok",
        TokenFault.Expired => "token_expired",
        _ => "token_invalid",
    };

    /// <summary>The sentence a client may see.</summary>
    public string Message => Fault switch
    {
        null => "The token is valid.",
        TokenFault.Expired => "The token has expired.",
        _ => "The token is not valid.",
    };

    /// <summary>The sentence an operator sees; it quotes nothing from the token.</summary>
    public string Why => Fault switch
    {
        null => "The token is valid.",
        TokenFault.TooLong => $"The token is longer than {Jws.MaxLength} characters.",
        TokenFault.Shape => "The token is not three base64url parts joined by two dots.",
        TokenFault.Header => "The token's header is not what the platform issues (typ, alg, kid, no crit).",
        TokenFault.Algorithm => "The token names another algorithm than its key is for.",
        TokenFault.Key => "The token names a key that is not in the key ring.",
        TokenFault.Signature => "The token's signature does not fit.",
        TokenFault.Claims => "The token's claims are not flat JSON with every name once.",
        TokenFault.Issuer => "The token is from another issuer.",
        TokenFault.Audience => "The token is for another audience.",
        TokenFault.Times => "The token does not say when it was issued, begins and ends.",
        TokenFault.Expired => "The token has expired.",
        TokenFault.NotYet => "The token is not valid yet; is a clock wrong?",
        TokenFault.Tenant => "The token does not name a tenant.",
        TokenFault.Subject => "The token does not say who calls.",
        TokenFault.Rights => "What the token says of rights and where they come from cannot be read.",
        _ => throw new InvalidOperationException($"{Fault} has no sentence."),
    };

    internal static Verdict Of(Caller caller) => new(caller, null);

    internal static Verdict Of(TokenFault fault) => new(null, fault);
}

/// <summary>What can be wrong with a token, in the order it is looked at.</summary>
public enum TokenFault
{
    /// <summary>Longer than any token the platform issues.</summary>
    TooLong,

    /// <summary>Not three strict base64url parts.</summary>
    Shape,

    /// <summary>The header is not JSON, not of this type, or demands an extension.</summary>
    Header,

    /// <summary>The key is unknown, or no longer known.</summary>
    Key,

    /// <summary>The header's algorithm is not the key's.</summary>
    Algorithm,

    /// <summary>Not signed with the key it names.</summary>
    Signature,

    /// <summary>The payload is not flat JSON with each name once.</summary>
    Claims,

    /// <summary>Somebody else's token.</summary>
    Issuer,

    /// <summary>A token for somebody else.</summary>
    Audience,

    /// <summary>A time is missing or not a time.</summary>
    Times,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYet,

    /// <summary>No tenant.</summary>
    Tenant,

    /// <summary>Nobody, or of no known kind.</summary>
    Subject,

    /// <summary>What it says of rights and where they come from cannot be read.</summary>
    Rights,
}
