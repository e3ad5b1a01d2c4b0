using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>
/// Sends a webhook an event that did not happen, signed like all others, and says what was answered. An address that answers with the challenge in it
/// (<c>{"challenge": "…"}</c>) has proved that it wants to be told.
/// </summary>
public static class TestWebhook
{
    /// <summary>The type of such an event.</summary>
    public const string Type = "webhook.test";

    /// <summary>What was answered.</summary>
    /// <param name="Id">The id it was sent under.</param>
    /// <param name="Taken">Whether the answer was a success.</param>
    /// <param name="Verified">Whether it had the challenge in it.</param>
    /// <param name="Status">What was answered.</param>
    /// <param name="Error">Why it was not taken.</param>
    /// <param name="TookMs">How long it took.</param>
    /// <param name="ResponseBody">The answer, its beginning.</param>
    public sealed record Said(Guid Id, bool Taken, bool Verified, int? Status, string? Error, int TookMs, string? ResponseBody);

    /// <summary>Sends a test.</summary>
    public static async Task<Said> Handle(
        Guid id, Session session, [FromServices] Sending.Tester tester, CancellationToken cancel)
    {
        var webhook = await session.Lock<Webhook>(id);
        var (test, challenge) = (Guid.CreateVersion7(session.Now), Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()));
        var body = webhook.Format == WebhookFormat.Standard
            ? JsonSerializer.SerializeToUtf8Bytes(
                new { type = Type, timestamp = session.Now.UtcDateTime, data = new { webhook = id, challenge } }, Changes.Json)
            : Chat.Body(webhook.Format, $"This is a test of {Chat.Escaped(webhook.Format, webhook.Name)}.");
        var answered = await tester.Send(session, webhook, test, body, cancel);
        var verified = answered.IsTaken && Challenge(answered.ResponseBody) == challenge;
        if (verified)
            await session.Change(webhook, webhook with { VerifiedAt = session.Now });
        return new Said(test, answered.IsTaken, verified, answered.Status, answered.Error, answered.TookMs, answered.ResponseBody);
    }

    private static string? Challenge(string? body)
    {
        try
        {
            return body is null ? null : JsonSerializer.Deserialize<JsonElement>(body) is { ValueKind: JsonValueKind.Object } answer
                && answer.TryGetProperty("challenge", out var said) ? said.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
