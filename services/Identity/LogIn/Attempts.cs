using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.LogIn;

/// <summary>
/// Slows down who guesses, and shuts nobody out for ever: after a few failures the next attempt has to wait, each time twice as long, a quarter of an
/// hour at most. Failures count for the account and for the address they come from. Who tries from a device that the person has logged in with before
/// has a count of their own, so that an attack does not keep the owner out. Whether there is such an account changes nothing.
/// </summary>
/// <remarks>An attempt counts as failed before it is looked at, in one statement: a thousand at once are no more than one after the other.</remarks>
public sealed class Attempts(PageSessions sessions)
{
    private const int Longest = 900, FreeOfAccount = 5, FreeOfAddress = 30, FreeMails = 3;

    private const string Sql =
        """
        insert into attempt as a (tenant, key, failed, at, open_at) values (@tenant, @key, 1, @now, @now)
        on conflict (tenant, key) do update set
            failed = case when a.at < @forgotten then 1 else a.failed + 1 end, at = @now,
            open_at = @now + make_interval(secs => case when a.at < @forgotten or a.failed + 1 < @free then 0
                else least(@longest, power(2, least(a.failed + 1 - @free, 20))) end)
        where a.open_at <= @now
        returning failed
        """;

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    /// <summary>Takes an attempt: how long to wait before it can be made, or null when it can be now.</summary>
    public async Task<TimeSpan?> Take(string email, Visit visit, byte[]? device, CancellationToken cancel, bool byAccount = true)
    {
        await using var session = sessions.Begin(cancel);
        var known = device is not null && await IsKnown(session, email, device);
        var wait = await Take(session, OfAddress(visit), FreeOfAddress)
            ?? (byAccount ? await Take(session, OfAccount(email, known ? device : null), FreeOfAccount) : null);
        await session.Commit();
        return wait;
    }

    /// <summary>Takes an attempt to have a mail sent: to an address that everybody can type, so there are few.</summary>
    public async Task<TimeSpan?> TakeMail(string email, Visit visit, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var wait = await Take(session, $"mails from {visit.Neighbourhood}", FreeOfAddress) ?? await Take(session, $"mails to {Shortened(email)}", FreeMails);
        await session.Commit();
        return wait;
    }

    /// <summary>
    /// The attempt was no failure: the account's count begins anew. The address's loses this one only, or an attacker's own account would clear it.
    /// </summary>
    public async Task Passed(string email, Visit visit, byte[]? device, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var known = device is not null && await IsKnown(session, email, device);
        await session.Execute("delete from attempt where tenant = @tenant and key = @key", new { key = OfAccount(email, known ? device : null) });
        await session.Execute(
            "update attempt set failed = failed - 1 where tenant = @tenant and key = @key and failed > 0", new { key = OfAddress(visit) });
        await session.Commit();
    }

    private static async Task<TimeSpan?> Take(Session session, string key, int free)
    {
        var now = session.Now;
        var taken = await session.Query<int>(Sql, new { key, now, forgotten = now - Forgotten, free, longest = Longest });
        if (taken.Count > 0)
            return null;
        var open = await session.Query<DateTimeOffset>("select open_at from attempt where tenant = @tenant and key = @key", new { key });
        return open is [var at] && at > now ? at - now : TimeSpan.FromSeconds(1);
    }

    private static async Task<bool> IsKnown(Session session, string email, byte[] device) => (await session.Query<bool>(
        "select exists (select from device where tenant = @tenant and email = @email and hash = @hash)",
        new { email, hash = SHA256.HashData(device) }))[0];

    private static string OfAddress(Visit visit) => $"address {visit.Neighbourhood}";

    // Of an address that is tried, not more is kept than needed to know it again.
    private static string OfAccount(string email, byte[]? device) => $"account {Shortened(email, device)}";

    private static string Shortened(string email, byte[]? device = null) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(email), .. device ?? []]));
}
