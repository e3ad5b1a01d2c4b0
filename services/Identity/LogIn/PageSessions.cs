using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.LogIn;

/// <summary>
/// Opens sessions for pages, where no token says who acts. What belongs to no company (a password, a passkey, a slow-down) is kept under the
/// installation's own tenant; in a session of that tenant no company's records can be written, and only where an address is known can be seen.
/// </summary>
public sealed class PageSessions(Sessions sessions, TimeProvider clock)
{
    /// <summary>The tenant of what belongs to no company.</summary>
    public static readonly Guid Tenant = Guid.Empty;

    private static readonly Actor Itself = new(ActorKind.Platform, "identity", "Identity") { Door = "page" };

    /// <summary>Now, as exactly as the database keeps it.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A session over what belongs to no company.</summary>
    public Session Begin(CancellationToken cancel) => Begin(Tenant, Itself, cancel);

    /// <summary>A session of a company in which the platform acts.</summary>
    public Session Begin(Guid company, CancellationToken cancel) => Begin(company, Itself, cancel);

    /// <summary>A session of a company in which one of its people acts for themselves.</summary>
    public Session Begin(Guid company, Guid user, string name, CancellationToken cancel) =>
        Begin(company, new Actor(ActorKind.User, user.ToString(), name) { Door = "page" }, cancel);

    private Session Begin(Guid tenant, Actor actor, CancellationToken cancel) =>
        sessions.Begin(new Cause(actor, tenant, Guid.CreateVersion7(clock.GetUtcNow()), Activity.Current?.Id), cancel);
}
