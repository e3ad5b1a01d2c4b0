using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>What became of one delivery: each try with what was sent and what was answered.</summary>
public static class ReadDelivery
{
    /// <summary>One try.</summary>
    /// <param name="Number">Which.</param>
    /// <param name="At">When.</param>
    /// <param name="TookMs">How long it took.</param>
    /// <param name="Status">What was answered, if something was.</param>
    /// <param name="Error">Why it was not taken.</param>
    /// <param name="Url">Where it was sent.</param>
    /// <param name="RequestHeaders">With which headers; values of the webhook's own are left out.</param>
    /// <param name="RequestBody">What was sent, its beginning.</param>
    /// <param name="ResponseHeaders">The headers of the answer.</param>
    /// <param name="ResponseBody">The answer, its beginning.</param>
    public sealed record Attempt(
        int Number, DateTimeOffset At, int TookMs, int? Status, string? Error, string Url, IReadOnlyDictionary<string, string> RequestHeaders,
        string RequestBody, IReadOnlyDictionary<string, string>? ResponseHeaders, string? ResponseBody);

    /// <summary>A delivery, and when it is tried next.</summary>
    public sealed record View(Guid Webhook, Guid Event, DateTimeOffset? NextAt, bool Parked, IReadOnlyList<Attempt> Attempts);

    /// <summary>A delivery of a webhook. What was sent is what its owner sees: it is shown to them and to who decides on programs.</summary>
    public static async Task<View> Handle(Guid id, Guid happening, Session session)
    {
        var webhook = await session.Find<Webhook>(id) ?? throw Refusal.NotFound("webhook", id);
        var standing = await session.Standing();
        if (standing.Me != webhook.OwnerId)
            await session.Demand(Access.Roles.Privilege.DataModel);
        var tries = await session.Query<Row>(
            """
            select number, at, took_ms, status, error, url, request_headers::text as request_headers, request_body, response_headers::text as response_headers,
                response_body
            from attempt where tenant = @tenant and webhook = @id and event = @happening order by number
            """,
            new { id, happening });
        var due = await session.Query<Waiting>(
            """
            select case when due_at < 'infinity' then due_at end as due_at, due_at = 'infinity' as parked
            from due where tenant = @tenant and webhook = @id and event = @happening
            """,
            new { id, happening });
        if (tries.Count == 0 && due.Count == 0)
            throw Refusal.NotFound("delivery", happening);
        return new View(id, happening, due.FirstOrDefault()?.DueAt, due.FirstOrDefault()?.Parked == true, tries.ConvertAll(t => new Attempt(
            t.Number, t.At, t.TookMs, t.Status, t.Error, t.Url, Headers(t.RequestHeaders)!, t.RequestBody, Headers(t.ResponseHeaders), t.ResponseBody)));
    }

    private static Dictionary<string, string>? Headers(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json, Changes.Json);

    private sealed record Row(
        int Number, DateTimeOffset At, int TookMs, int? Status, string? Error, string Url, string RequestHeaders, string RequestBody, string? ResponseHeaders,
        string? ResponseBody);

    private sealed record Waiting(DateTimeOffset? DueAt, bool Parked);
}
