using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.OAuth;

/// <summary>A person as tokens speak of them: as they are now, not as they were when they logged in.</summary>
internal sealed record Holder
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string[] Roles { get; init; }

    public required string[] Teams { get; init; }

    public required string Locale { get; init; }

    public required string TimeZone { get; init; }

    public required string Plan { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Somebody who may be here, in a session of their company; null for anybody else.</summary>
    public static async Task<Holder?> Find(Session session, Guid user) => (await session.Query<Holder>(
        """
        select p.id, p.version, p.name, p.email, p.roles, p.teams, coalesce(p.locale, c.locale, 'en') as locale,
            coalesce(p.time_zone, c.time_zone, 'UTC') as time_zone, coalesce(c.plan, 'standard') as plan, p.updated_at
        from person p left join company c on c.tenant = p.tenant and c.id = p.tenant and c.deleted_at is null
        where p.tenant = @tenant and p.id = @user and p.status = 'active' and p.deleted_at is null
        """,
        new { user })).FirstOrDefault();

    /// <summary>What of the scopes asked for they can give: the machinery is for those who run the installation.</summary>
    public string[] Give(IEnumerable<string> scopes, Settings settings) =>
        [.. scopes.Where(scope => scope != Scopes.Ops || settings.Operators.Contains(Email))];

    /// <summary>The caller a token is to speak of.</summary>
    public Caller Caller(Guid tenant, IEnumerable<string> scopes) => new(
        new Actor(ActorKind.User, Id.ToString(), Name), tenant, scopes.ToHashSet(StringComparer.Ordinal), Plan, DateTimeOffset.MaxValue)
    {
        Roles = Roles,
        Teams = [.. Teams.Select(Guid.Parse)],
        Version = Version,
    };

    /// <summary>What a client may know of them.</summary>
    public IEnumerable<(string Name, object Value)> Claims(IReadOnlySet<string> scopes)
    {
        if (scopes.Contains(OAuthScopes.Profile))
        {
            yield return ("name", Name);
            yield return ("locale", Locale);
            yield return ("zoneinfo", TimeZone);
        }
        if (scopes.Contains(OAuthScopes.Email))
        {
            yield return ("email", Email);
            yield return ("email_verified", true); // nobody becomes active but by a mail to it
        }
    }
}
