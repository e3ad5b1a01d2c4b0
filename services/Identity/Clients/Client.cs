using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.Clients;

/// <summary>A program that people of the company let act for them, or that acts for itself, by OAuth.</summary>
public sealed record Client : Record
{
    /// <summary>What people see when they are asked whether they agree.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>What it is called in the protocol.</summary>
    [SetBySlices, StringLength(60)]
    public string ClientId { get; init; } = "";

    /// <summary>Whether it can keep a secret.</summary>
    public ClientKind Kind { get; init; }

    /// <summary>Where codes may be sent, word for word.</summary>
    [MaxItems(20), ItemLength(500)]
    public string[] RedirectUris { get; init; } = [];

    /// <summary>Where somebody may be sent who has logged out.</summary>
    [MaxItems(20), ItemLength(500)]
    public string[] PostLogoutRedirectUris { get; init; } = [];

    /// <summary>What it can ask for at most.</summary>
    [MaxItems(20), ItemLength(60)]
    public string[] Scopes { get; init; } = [];

    /// <summary>What it may do when it acts for itself, by the names of roles.</summary>
    [MaxItems(50), ItemLength(60)]
    public string[] Roles { get; init; } = [];

    /// <summary>Whether people of the company are not asked if they agree: it is the company's own.</summary>
    public bool Trusted { get; init; }

    /// <summary>Since when it is let in no more.</summary>
    [SetBySlices]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Clients are decided on by those who shape the data model, as roles are: who decides what a program may do could do it all.</summary>
    public static async ValueTask<Client> Rule(Session session, Client? before, Client after)
    {
        await session.Demand(Privilege.DataModel);
        var wrong = after.Nonsense().GroupBy(w => w.Field, w => w.Message).ToDictionary(w => w.Key, w => w.ToArray());
        if (wrong.Count > 0)
            throw Refusal.Invalid(wrong);
        if (before is not null && before.Kind != after.Kind)
            throw Refusal.Invalid("kind", "Whether it can keep a secret is decided once. Make another.");
        if (before?.RevokedAt is not null && after.RevokedAt != before.RevokedAt)
            throw new Refusal(409, "was_revoked", "What was revoked stays so. Make another.");
        if (after.DeletedAt is not null && after.RevokedAt is null)
            throw new Refusal(409, "not_revoked", "Revoke it first: then its tokens end with it.");
        return after with { ClientId = ClientIds.Of(session.Cause.Tenant, after.Id) };
    }

    private IEnumerable<(string Field, string Message)> Nonsense()
    {
        foreach (var uri in RedirectUris.Where(uri => !OAuth.RedirectUris.MayBeKept(uri)))
            yield return ("redirectUris", $"'{uri}' is no address to come back to: https://…, http://127.0.0.1/…, or com.example.app:/….");
        foreach (var uri in PostLogoutRedirectUris.Where(uri => !OAuth.RedirectUris.MayBeKept(uri)))
            yield return ("postLogoutRedirectUris", $"'{uri}' is no address to come back to.");
        foreach (var scope in Scopes.Where(scope => !OAuthScopes.ForPrograms.Contains(scope)))
            yield return ("scopes", $"'{scope}' is no scope; there are {string.Join(", ", OAuthScopes.ForPrograms)}.");
        if (Kind == ClientKind.Public && Roles.Length > 0)
            yield return ("roles", "What cannot keep a secret cannot act for itself.");
    }
}
