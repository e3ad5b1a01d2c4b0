using System.Security.Cryptography;
using CrmPlatform.Contracts.Identity;
using CrmPlatform.Hosting;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>
/// Who is logged in with which browser, from when until when. A sign-in is a record of the company; its browser holds a cookie whose secret is
/// kept hashed beside it. It ends when nobody has used it for a while, when it has lasted long enough, or when somebody ends it.
/// </summary>
public sealed class LogIns(PageSessions sessions, Settings settings, LogInMetrics metrics)
{
    private const int SecretLength = 32, IdLength = 16;
    private static readonly TimeSpan Rarely = TimeSpan.FromMinutes(1);
    private static readonly object Asked = new();

    /// <summary>Who is logged in with the browser a request comes from, or null.</summary>
    public async Task<SignedIn?> Current(HttpContext http)
    {
        if (http.Items.TryGetValue(Asked, out var known))
            return (SignedIn?)known;
        SignedIn? found = null;
        if (Cookies.Read(http, Cookies.Session) is { Length: SecretLength + 2 * IdLength } cookie)
            found = await Find(new Guid(cookie.AsSpan(0, IdLength)), new Guid(cookie.AsSpan(IdLength, IdLength)),
                SHA256.HashData(cookie.AsSpan(2 * IdLength)), http.RequestAborted);
        http.Items[Asked] = found;
        return found;
    }

    /// <summary>A sign-in as it is now, or null when it has ended or its person may not be here any more. For whoever issues tokens in its name.</summary>
    public Task<SignedIn?> Find(Guid company, Guid signIn, CancellationToken cancel) => Find(company, signIn, null, cancel);

    /// <summary>Lets somebody in who has shown who they are: a sign-in begins, and the browser gets its cookie.</summary>
    public async Task<SignedIn> Begin(HttpContext http, Membership who, string email, IReadOnlyList<string> amr)
    {
        if (await Current(http) is { } before)
            await End(http, before, before.Tenant == who.Company && before.UserId == who.UserId ? "loggedInAgain" : "loggedOut");
        var (visit, secret) = (Visit.Of(http), RandomNumberGenerator.GetBytes(SecretLength));
        await using var session = sessions.Begin(who.Company, who.UserId, who.Name, http.RequestAborted);
        var made = await session.Create(new SignIn
        {
            UserId = who.UserId,
            StartedAt = session.Now,
            Device = visit.Device,
            Address = visit.Address,
        });
        await session.Execute(
            """
            insert into sign_in_secret (tenant, id, hash, email, amr, seen_at, ends_at)
            values (@tenant, @id, @hash, @email, @amr, @now, @ends)
            """,
            new
            {
                id = made.Id,
                hash = SHA256.HashData(secret),
                email,
                amr = amr.ToArray(),
                now = session.Now,
                ends = session.Now + settings.LongestSignIn,
            });
        await session.Commit();
        Cookies.Write(http, Cookies.Session, [.. who.Company.ToByteArray(), .. made.Id.ToByteArray(), .. secret], settings.LongestSignIn);
        var signedIn = new SignedIn(who.Company, who.UserId, made.Id, made.StartedAt, amr, who.Name, email);
        http.Items[Asked] = signedIn;
        return signedIn;
    }

    /// <summary>Logs out: the sign-in ends, and the browser forgets it.</summary>
    public async Task End(HttpContext http, SignedIn who, string because)
    {
        await using var session = sessions.Begin(who.Tenant, who.UserId, who.Name, http.RequestAborted);
        await End(session, [who.SignInId], because);
        await session.Commit();
        metrics.Ended(because);
        Cookies.Remove(http, Cookies.Session);
        http.Items[Asked] = null;
    }

    /// <summary>Ends sign-ins in a session of their company; everything they allowed ends with them, in every service.</summary>
    public static async Task End(Session session, IReadOnlyCollection<Guid> signIns, string because)
    {
        foreach (var open in await session.List<SignIn>("ended_at is null and id = any(@ids)", new { ids = signIns.ToArray() }, locks: true))
        {
            await session.Change(open, open with { EndedAt = session.Now, EndedBecause = because }, new SignInRevoked { Because = because });
            await session.Execute("delete from sign_in_secret where tenant = @tenant and id = @id", new { id = open.Id });
        }
    }

    /// <summary>Ends all sign-ins of somebody, but for one.</summary>
    public static async Task EndAll(Session session, Guid user, string because, Guid? but = null)
    {
        var open = await session.List<SignIn>("ended_at is null and user_id = @user", new { user });
        await End(session, [.. open.Select(s => s.Id).Where(id => id != but)], because);
    }

    private async Task<SignedIn?> Find(Guid company, Guid signIn, byte[]? hash, CancellationToken cancel)
    {
        await using var session = sessions.Begin(company, cancel);
        var found = (await session.Query<Row>(
            """
            select s.user_id, s.started_at, p.name, k.email, k.amr, k.hash, k.seen_at, k.ends_at
            from sign_in_secret k
            join sign_in s on s.tenant = k.tenant and s.id = k.id and s.ended_at is null
            join person p on p.tenant = s.tenant and p.id = s.user_id and p.status = 'active' and p.deleted_at is null
            where k.tenant = @tenant and k.id = @signIn
            """,
            new { signIn })).FirstOrDefault();
        var now = sessions.Now;
        if (found is null || hash is not null && !CryptographicOperations.FixedTimeEquals(found.Hash, hash)
            || now >= found.EndsAt || now >= found.SeenAt + settings.IdleSignIn)
            return null;
        if (now - found.SeenAt > Rarely)
        {
            await session.Execute("update sign_in_secret set seen_at = @now where tenant = @tenant and id = @signIn", new { now, signIn });
            await session.Commit();
        }
        return new SignedIn(company, found.UserId, signIn, found.StartedAt, found.Amr, found.Name, found.Email);
    }

    private sealed record Row
    {
        public required Guid UserId { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        public required string Name { get; init; }

        public required string Email { get; init; }

        public required string[] Amr { get; init; }

        public required byte[] Hash { get; init; }

        public required DateTimeOffset SeenAt { get; init; }

        public required DateTimeOffset EndsAt { get; init; }
    }
}
