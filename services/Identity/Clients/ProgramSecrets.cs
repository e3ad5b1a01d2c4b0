using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.Clients;

/// <summary>A secret that was just made: the only time it is shown.</summary>
/// <param name="Id">The key's or the client's record.</param>
/// <param name="Secret">The secret.</param>
/// <param name="Prefix">How it begins: what it is recognised by later.</param>
/// <param name="OthersEndAt">When those it takes the place of end.</param>
public sealed record ShownOnce(Guid Id, string Secret, string Prefix, DateTimeOffset? OthersEndAt);

/// <summary>A secret as it is known later.</summary>
/// <param name="Prefix">How it begins.</param>
/// <param name="MadeAt">Since when it is there.</param>
/// <param name="EndsAt">When it ends, where another takes its place.</param>
/// <param name="UsedAt">When it was used last, to the minute.</param>
/// <param name="UsedFrom">From which address.</param>
public sealed record SecretView(string Prefix, DateTimeOffset MadeAt, DateTimeOffset? EndsAt, DateTimeOffset? UsedAt, string? UsedFrom);

/// <summary>The secrets of API keys and clients: hashed, several while one takes another's place.</summary>
internal static class ProgramSecrets
{
    public const string OfApiKey = "crm_", OfClient = "cs_";

    private const int ShownLength = 8;

    /// <summary>Makes one; those before it go on for as long as is said, so that nobody is cut off on the way.</summary>
    public static async Task<ShownOnce> Make(Session session, HttpContext http, string kind, Guid program, int overlapMinutes)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
            throw new Refusal(422, "not_repeatable", "A secret is shown once and kept nowhere: send this without an Idempotency-Key.");
        var (secret, ends) = (Opaque.Make(kind, session.Cause.Tenant), session.Now.AddMinutes(overlapMinutes));
        var prefix = secret[..(kind.Length + ShownLength)];
        var others = await session.Query<int>(
            "select 1 from program_secret where tenant = @tenant and program = @program and (ends_at is null or ends_at > @now) for update",
            new { program, now = session.Now });
        await session.Execute(
            "update program_secret set ends_at = @ends where tenant = @tenant and program = @program and (ends_at is null or ends_at > @ends)",
            new { program, ends });
        await session.Execute(
            "insert into program_secret (tenant, hash, program, prefix, made_at) values (@tenant, @hash, @program, @prefix, @now)",
            new { hash = Opaque.Hash(secret), program, prefix, now = session.Now });
        return new ShownOnce(program, secret, prefix, others.Count > 0 ? ends : null);
    }

    /// <summary>Those that are there.</summary>
    public static async Task<IReadOnlyList<SecretView>> Of(Session session, Guid program) => await session.Query<SecretView>(
        """
        select prefix, made_at, ends_at, used_at, used_from from program_secret
        where tenant = @tenant and program = @program order by made_at desc
        """,
        new { program });

    /// <summary>None opens anything any more.</summary>
    public static ValueTask Forget(Session session, Guid program) =>
        session.Execute("delete from program_secret where tenant = @tenant and program = @program", new { program });

    /// <summary>Whose secret this is, if it is one that opens something now. That it was used is noted, to the minute.</summary>
    public static async Task<Guid?> Recognise(Session session, string secret, string from)
    {
        var hash = Opaque.Hash(secret);
        var found = await session.Query<Guid>(
            "select program from program_secret where tenant = @tenant and hash = @hash and (ends_at is null or ends_at > @now)",
            new { hash, now = session.Now });
        if (found is not [var program])
            return null;
        await session.Execute(
            """
            update program_secret set used_at = @now, used_from = @from
            where tenant = @tenant and hash = @hash and (used_at is null or used_at < @before or used_from is distinct from @from)
            """,
            new { hash, now = session.Now, from, before = session.Now.AddMinutes(-1) });
        return program;
    }
}
