using CrmPlatform.Journal;

namespace CrmPlatform.Identity.LogIn;

/// <summary>How a person shows who they are, in all companies they belong to.</summary>
public sealed record Login
{
    /// <summary>Their address, in small letters.</summary>
    public required string Email { get; init; }

    /// <summary>What passkeys call them.</summary>
    public required Guid Id { get; init; }

    /// <summary>The hash of their password, if they have one.</summary>
    public string? Password { get; init; }

    /// <summary>The sealed seed of their one-time passwords, if they use any.</summary>
    public byte[]? Totp { get; init; }

    /// <summary>The last step of time whose one-time password was used: none counts twice.</summary>
    public long TotpStep { get; init; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public string[] Recovery { get; init; } = [];

    /// <summary>How many passkeys they have.</summary>
    public long Passkeys { get; init; }

    /// <summary>Whether a password alone does not let them in.</summary>
    public bool HasSecondFactor => Totp is not null || Passkeys > 0;

    /// <summary>An address as it is kept and compared.</summary>
    public static string Normal(string? email) => (email ?? "").Trim().ToLowerInvariant();

    /// <summary>The one of an address, in a session of the installation.</summary>
    public static async Task<Login?> Find(Session session, string email, bool locks = false) => (await session.Query<Login>(
        $"""
        select email, id, password, totp, totp_step, recovery,
            (select count(*) from passkey p where p.tenant = @tenant and p.email = @email) as passkeys
        from login where tenant = @tenant and email = @email{(locks ? " for update" : "")}
        """,
        new { email })).FirstOrDefault();

    /// <summary>Sets a password, and makes the login if there is none.</summary>
    public static ValueTask SetPassword(Session session, string email, string hash) => session.Execute(
        """
        insert into login (tenant, email, id, password, changed_at) values (@tenant, @email, @id, @hash, @now)
        on conflict (tenant, email) do update set password = excluded.password, changed_at = excluded.changed_at
        """,
        new { email, id = Guid.CreateVersion7(session.Now), hash, now = session.Now });
}
