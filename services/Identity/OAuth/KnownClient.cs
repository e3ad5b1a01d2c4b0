using CrmPlatform.Identity.Clients;
using CrmPlatform.Identity.LogIn;

namespace CrmPlatform.Identity.OAuth;

/// <summary>A client as the protocol sees it: a company's own, or one that comes with the platform and that people of every company use.</summary>
/// <param name="Id">What it is called in the protocol.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Confidential">Whether it has to show a secret.</param>
/// <param name="RedirectUris">Where codes may be sent.</param>
/// <param name="Scopes">What it can ask for at most.</param>
internal sealed record KnownClient(string Id, string Name, bool Confidential, string[] RedirectUris, IReadOnlyList<string> Scopes)
{
    /// <summary>Whose it is; null where it comes with the platform.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>Its record, where it has one.</summary>
    public Guid Record { get; init; }

    /// <summary>Where somebody may be sent who has logged out.</summary>
    public string[] AfterLogOut { get; init; } = [];

    /// <summary>What it may do when it acts for itself.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>Whether nobody is asked if they agree.</summary>
    public bool Trusted { get; init; }

    // The command of somebody at their own machine: ./crm token.
    private static readonly KnownClient Command =
        new("crm-cli", "CrmPlatform on the command line", false, ["http://127.0.0.1/logged-in"], OAuthScopes.All);

    /// <summary>The client of a name, if it is let in.</summary>
    public static async Task<KnownClient?> Find(PageSessions sessions, string? id, CancellationToken cancel)
    {
        if (id == Command.Id)
            return Command;
        if (id is null || ClientIds.Read(id) is not { } who)
            return null;
        await using var session = sessions.Begin(who.Tenant, cancel);
        return (await session.List<Client>("id = @id and revoked_at is null and deleted_at is null", new { id = who.Id })) is [var client]
            && client.ClientId == id
            ? new KnownClient(id, client.Name, client.Kind == ClientKind.Confidential, client.RedirectUris, client.Scopes)
            {
                Tenant = who.Tenant,
                Record = client.Id,
                AfterLogOut = client.PostLogoutRedirectUris,
                Roles = client.Roles,
                Trusted = client.Trusted,
            }
            : null;
    }
}
