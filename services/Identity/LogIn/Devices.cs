using System.Security.Cryptography;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>The browsers each person has logged in with, by a cookie that outlives the sign-in.</summary>
internal static class Devices
{
    private const int Length = 32;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>What the browser shows of itself.</summary>
    public static byte[]? Of(HttpContext http) => Cookies.Read(http, Cookies.Device) is { Length: Length } device ? device : null;

    /// <summary>
    /// Remembers the browser for a person, in a session of the installation. Whether it is one they have never logged in with, and there were others.
    /// </summary>
    public static async Task<bool> Remember(Session session, HttpContext http, string email)
    {
        var device = Of(http) ?? RandomNumberGenerator.GetBytes(Length);
        var before = (await session.Query<Known>(
            """
            select count(*) as "all", count(*) filter (where hash = @hash) as "this" from device where tenant = @tenant and email = @email
            """,
            new { email, hash = SHA256.HashData(device) }))[0];
        await session.Execute(
            """
            insert into device (tenant, email, hash, name, seen_at) values (@tenant, @email, @hash, @name, @now)
            on conflict (tenant, email, hash) do update set name = excluded.name, seen_at = excluded.seen_at
            """,
            new { email, hash = SHA256.HashData(device), name = Visit.Of(http).Device, now = session.Now });
        Cookies.Write(http, Cookies.Device, device, Kept);
        return before is { All: > 0, This: 0 };
    }

    private sealed record Known
    {
        public required long All { get; init; }

        public required long This { get; init; }
    }
}
