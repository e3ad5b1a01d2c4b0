using System.Net;

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

    /// <summary>The teams the caller belongs to.</summary>
    public IReadOnlyList<Guid> Teams { get; init; } = [];

    /// <summary>The version of the user the token was made from: who knows a newer one goes by that.</summary>
    public int Version { get; init; }

    /// <summary>The sign-in, API key or client the token came from (<c>sid</c>): once it is revoked, so is the token.</summary>
    public Guid? Source { get; init; }

    /// <summary>The connection of a person with a client the token came from, which can be revoked without the sign-in.</summary>
    public Guid? Connection { get; init; }

    /// <summary>The OAuth client the caller uses.</summary>
    public string? Client { get; init; }

    /// <summary>When the person proved last who they are.</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>How they did (RFC 8176): <c>pwd</c>, <c>otp</c>, <c>hwk</c>, <c>mfa</c>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The networks the token may be used from; none is everywhere.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>Whether the token may be used from an address; one that is not known is in no network.</summary>
    public bool MayCallFrom(IPAddress? address)
    {
        if (Networks.Count == 0)
            return true;
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && Networks.Any(network => network.Contains(plain));
    }
}
