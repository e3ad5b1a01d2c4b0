using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Mail;

/// <summary>What a mail lets its reader do.</summary>
/// <param name="Tenant">The company it is about; the installation's tenant where there is none yet.</param>
/// <param name="Email">Whose mail it was.</param>
/// <param name="UserId">Whom it is about.</param>
/// <param name="Data">What has to be known to do it.</param>
public sealed record Link(Guid Tenant, string Email, Guid? UserId, string Data)
{
    /// <summary>For what this one is.</summary>
    public required string Purpose { get; init; }

    /// <summary>What is kept of it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What has to be known.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Data)!;
}

/// <summary>Links in mails: each opens one thing, once, for a while. What the mail says is not kept, only its hash.</summary>
public sealed class Links(PageSessions sessions, Settings settings)
{
    /// <summary>A new company is confirmed.</summary>
    public const string SignUp = "signUp";

    /// <summary>An invitation is accepted.</summary>
    public const string Invitation = "invitation";

    /// <summary>A new password is chosen.</summary>
    public const string Reset = "reset";

    private const int SecretLength = 32, IdLength = 16;

    /// <summary>Makes one in the session of what it is about; those made before for the same open nothing any more. Answers with its address.</summary>
    public async Task<string> Make(Session session, string purpose, string path, string email, Guid? user, object data, TimeSpan lasts)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        await session.Execute(
            "update link set used_at = @now where tenant = @tenant and email = @email and purpose = @purpose and used_at is null",
            new { email, purpose, now = session.Now });
        await session.Execute(
            """
            insert into link (tenant, hash, purpose, email, user_id, data, made_at, ends_at)
            values (@tenant, @hash, @purpose, @email, @user, @data::jsonb, @now, @ends)
            """,
            new
            {
                hash = SHA256.HashData(secret),
                purpose,
                email,
                user,
                data = JsonSerializer.Serialize(data, data.GetType()),
                now = session.Now,
                ends = session.Now + lasts,
            });
        byte[] said = [.. session.Cause.Tenant.ToByteArray(), .. secret];
        return $"{settings.Issuer}{path}?link={Base64Url.EncodeToString(said)}";
    }

    /// <summary>What a link opens, if it still opens anything.</summary>
    public async Task<Link?> Find(string? said, CancellationToken cancel)
    {
        if (said is not { Length: > 0 and < 100 } || !Base64Url.IsValid(said)
            || Base64Url.DecodeFromChars(said) is not { Length: SecretLength + IdLength } bytes)
            return null;
        var (tenant, hash) = (new Guid(bytes.AsSpan(0, IdLength)), SHA256.HashData(bytes.AsSpan(IdLength)));
        await using var session = sessions.Begin(tenant, cancel);
        return (await session.Query<Row>(
            """
            select purpose, email, user_id, data::text as data from link
            where tenant = @tenant and hash = @hash and used_at is null and ends_at > @now
            """,
            new { hash, now = session.Now }))
            .Select(r => new Link(tenant, r.Email, r.UserId, r.Data) { Purpose = r.Purpose, Hash = hash }).FirstOrDefault();
    }

    /// <summary>Uses a link up in a session of its tenant; false when somebody was faster.</summary>
    public static async Task<bool> Use(Session session, Link link) => (await session.Query<bool>(
        "update link set used_at = @now where tenant = @tenant and hash = @hash and used_at is null and ends_at > @now returning true",
        new { hash = link.Hash, now = session.Now })).Count > 0;

    private sealed record Row
    {
        public required string Purpose { get; init; }

        public required string Email { get; init; }

        public Guid? UserId { get; init; }

        public required string Data { get; init; }
    }
}
