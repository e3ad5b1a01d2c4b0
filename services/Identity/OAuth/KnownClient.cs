using CrmPlatform.Hosting;
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

    /// <summary>
    /// Whether it is the installation itself, as its web app. Its codes go to the installation's own address, word for word: who listens there is the
    /// installation, which has just logged the person in. So nobody is asked whether they agree, and there is no address for another program to wait at.
    /// </summary>
    public bool IsInstallation { get; private init; }

    // The command of somebody at their own machine: ./crm token.
    private static readonly KnownClient Command =
        new("crm-cli", "CrmPlatform on the command line", false, ["http://127.0.0.1/logged-in"], OAuthScopes.All);

    // What runs in a browser gets no hold of the machinery.
    private static KnownClient WebApp(Settings settings) =>
        new("crm-web", "CrmPlatform", false, [$"{settings.Issuer}/logged-in"], [.. OAuthScopes.ForPrograms.Where(s => s != OAuthScopes.Offline)])
        {
            AfterLogOut = [$"{settings.Issuer}/"],
            Trusted = true,
            IsInstallation = true,
        };

    /// <summary>Whether a code may be sent to an address.</summary>
    public bool MaySendTo(string address) => IsIn(RedirectUris, address);

    /// <summary>Whether somebody who has logged out may be sent to an address.</summary>
    public bool MayEndAt(string address) => IsIn(AfterLogOut, address);

    private bool IsIn(string[] kept, string address) =>
        IsInstallation ? kept.Contains(address, StringComparer.Ordinal) : OAuth.RedirectUris.IsOneOf(kept, address);

    /// <summary>The client of a name, if it is let in.</summary>
    public static async Task<KnownClient?> Find(PageSessions sessions, Settings settings, string? id, CancellationToken cancel)
    {
        if (id == Command.Id)
            return Command;
        if (WebApp(settings) is var app && id == app.Id)
            return app;
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
