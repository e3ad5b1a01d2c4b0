using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>A secret as it is known after it was shown.</summary>
/// <param name="Hint">How it begins.</param>
/// <param name="MadeAt">Since when it is there.</param>
/// <param name="EndsAt">When it ends, where another takes its place.</param>
public sealed record SecretView(string Hint, DateTimeOffset MadeAt, DateTimeOffset? EndsAt);

/// <summary>What deliveries of a webhook are signed with: sealed in the database, several while one takes another's place.</summary>
public sealed class WebhookSecrets(Sealed secrets)
{
    private const string Use = "webhook";
    private const int ShownLength = 12;

    /// <summary>How a secret begins: what it is recognised by later.</summary>
    public static string Hint(string shown) => shown[..ShownLength];

    /// <summary>Makes one; those before it go on for as long as is said, so that both sides can change over.</summary>
    public async Task<(string Shown, DateTimeOffset? OthersEndAt)> Make(Session session, Guid webhook, int overlapMinutes)
    {
        var (secret, ends) = (Signature.NewSecret(), session.Now.AddMinutes(overlapMinutes));
        var shown = Signature.Show(secret);
        var others = await session.Query<int>(
            "select 1 from webhook_secret where tenant = @tenant and webhook = @webhook and (ends_at is null or ends_at > @now) for update",
            new { webhook, now = session.Now });
        await session.Execute(
            "update webhook_secret set ends_at = @ends where tenant = @tenant and webhook = @webhook and (ends_at is null or ends_at > @ends)",
            new { webhook, ends });
        await session.Execute(
            "insert into webhook_secret (tenant, id, webhook, sealed, hint, made_at) values (@tenant, @id, @webhook, @box, @hint, @now)",
            new
            {
                id = Guid.CreateVersion7(session.Now),
                webhook,
                box = secrets.Seal(secret, Use, $"{session.Cause.Tenant} {webhook}"),
                hint = Hint(shown),
                now = session.Now,
            });
        return (shown, others.Count > 0 ? ends : null);
    }

    /// <summary>Those that count now, the newest first.</summary>
    public async Task<IReadOnlyList<byte[]>> Of(Session session, Guid webhook) => (await session.Query<Box>(
        """
        select sealed from webhook_secret
        where tenant = @tenant and webhook = @webhook and (ends_at is null or ends_at > @now) order by made_at desc limit 5
        """,
        new { webhook, now = session.Now })).ConvertAll(box => secrets.Open(box.Sealed, Use, $"{session.Cause.Tenant} {webhook}"));

    /// <summary>All of them, without what they say.</summary>
    public static async Task<IReadOnlyList<SecretView>> Views(Session session, Guid webhook) => await session.Query<SecretView>(
        "select hint, made_at, ends_at from webhook_secret where tenant = @tenant and webhook = @webhook order by made_at desc", new { webhook });

    private sealed record Box(byte[] Sealed);
}
