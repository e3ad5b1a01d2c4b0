using System.ComponentModel.DataAnnotations;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>A webhook gets a secret: its first, or one that takes the place of those before, which go on for a while. Without one nothing is sent.</summary>
public static class IssueWebhookSecret
{
    /// <summary>How long the secrets before go on.</summary>
    public sealed record Request([property: Range(0, 60 * 24 * 30)] int OverlapMinutes = 60 * 24);

    /// <summary>A secret that was just made: the only time it is shown.</summary>
    /// <param name="Id">The webhook.</param>
    /// <param name="Secret">The secret.</param>
    /// <param name="OthersEndAt">When those it takes the place of end.</param>
    public sealed record ShownOnce(Guid Id, string Secret, DateTimeOffset? OthersEndAt);

    /// <summary>Makes a secret, which is shown this once.</summary>
    public static async Task<ShownOnce> Handle(
        Guid id, Request request, Session session, HttpContext http, [FromServices] WebhookSecrets secrets, [FromServices] Signals signals)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
            throw new Refusal(422, "not_repeatable", "A secret is shown once and kept nowhere: send this without an Idempotency-Key.");
        var webhook = await session.Lock<Webhook>(id);
        var (shown, ends) = await secrets.Make(session, id, request.OverlapMinutes);
        await session.Change(webhook, webhook with { SecretHint = WebhookSecrets.Hint(shown) }); // who may change it may know what it signs with
        session.Afterwards(() => signals.Due(session.Cause.Tenant, id));
        return new ShownOnce(id, shown, ends);
    }
}
