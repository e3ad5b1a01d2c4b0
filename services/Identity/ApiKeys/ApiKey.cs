using System.ComponentModel.DataAnnotations;
using System.Net;
using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.ApiKeys;

/// <summary>What a partner's program shows to be let in, where it cannot do OAuth.</summary>
public sealed record ApiKey : Record
{
    /// <summary>Whose program it is, and which.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>How the secret begins that was made last.</summary>
    [SetBySlices, StringLength(20)]
    public string? Prefix { get; init; }

    /// <summary>What it may do, by the names of roles.</summary>
    [MaxItems(50), ItemLength(60)]
    public string[] Roles { get; init; } = [];

    /// <summary>What it can do at most, whatever its roles say.</summary>
    [MaxItems(20), ItemLength(60)]
    public string[] Scopes { get; init; } = [];

    /// <summary>The networks it may be used from; none is everywhere.</summary>
    [MaxItems(50), ItemLength(50)]
    public string[] Networks { get; init; } = [];

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it is let in no more.</summary>
    [SetBySlices]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Keys are decided on by those who shape the data model, as roles are: who decides what a program may do could do it all.</summary>
    public static async ValueTask<ApiKey> Rule(Session session, ApiKey? before, ApiKey after)
    {
        await session.Demand(Privilege.DataModel);
        foreach (var network in after.Networks)
            if (!IPNetwork.TryParse(network, out _))
                throw Refusal.Invalid("networks", $"'{network}' is no network; one looks like 203.0.113.0/24 or 2001:db8::/32.");
        foreach (var scope in after.Scopes)
            if (!OAuthScopes.ForKeys.Contains(scope))
                throw Refusal.Invalid("scopes", $"'{scope}' is no scope; there are {string.Join(", ", OAuthScopes.ForKeys)}.");
        if (before?.RevokedAt is not null && after.RevokedAt != before.RevokedAt)
            throw new Refusal(409, "was_revoked", "What was revoked stays so. Make another.");
        if (after.DeletedAt is not null && after.RevokedAt is null)
            throw new Refusal(409, "not_revoked", "Revoke it first: then its tokens end with it.");
        return after;
    }
}
