using System.ComponentModel.DataAnnotations;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Hooks;

/// <summary>
/// A tool that puts programs together (Zapier, Make, n8n…) asks to be told of an event at an address: a REST hook, which is a webhook with its secret in one
/// step.
/// </summary>
public static class SubscribeHook
{
    private const int LongestName = 100;

    /// <summary>Where to, of what, and of which records.</summary>
    public sealed record Request(
        [property: Required, StringLength(2000)] string TargetUrl, [property: Required, StringLength(100)] string Event,
        [property: StringLength(5000)] string? Filter = null);

    /// <summary>A hook that was just made: <c>DELETE /api/v1/hooks/{id}</c> ends it.</summary>
    /// <param name="Id">Names it.</param>
    /// <param name="TargetUrl">Where to.</param>
    /// <param name="Event">Of what.</param>
    /// <param name="Secret">What it is signed with; shown this once.</param>
    public sealed record Hook(Guid Id, string TargetUrl, string Event, string Secret);

    /// <summary>Makes a hook.</summary>
    public static async Task<Created<Hook>> Handle(Request request, Session session, HttpContext http, [FromServices] WebhookSecrets secrets)
    {
        if (http.Request.Headers.ContainsKey("Idempotency-Key"))
            throw new Refusal(422, "not_repeatable", "A secret is shown once and kept nowhere: send this without an Idempotency-Key.");
        if (Sending.Guard.Wrong(request.TargetUrl) is { } wrong)
            throw Refusal.Invalid("targetUrl", wrong);
        var name = $"{request.Event} to {new Uri(request.TargetUrl).Host}";
        var webhook = await session.Create(new Webhook
        {
            Name = name.Length > LongestName ? name[..LongestName] : name,
            Url = request.TargetUrl,
            Events = [request.Event],
            Filter = request.Filter,
        });
        var (shown, _) = await secrets.Make(session, webhook.Id, 0);
        await session.Change(webhook, webhook with { SecretHint = WebhookSecrets.Hint(shown) });
        return TypedResults.Created($"/api/v1/webhooks/{webhook.Id}", new Hook(webhook.Id, webhook.Url, request.Event, shown));
    }
}
