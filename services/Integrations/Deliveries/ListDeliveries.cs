using System.ComponentModel.DataAnnotations;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>What was delivered to webhooks, and what was not: the last try of each, newest first; or what waits for its first, longest first.</summary>
public static class ListDeliveries
{
    private const int Usual = 50, Most = 200;
    private const string States = "^(waiting|delivered|failing|parked|open)$";

    /// <summary>One delivery.</summary>
    /// <param name="Webhook">To whom.</param>
    /// <param name="Event">What; the id under which it is sent.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="RecordId">To which record.</param>
    /// <param name="Version">The record's version after it.</param>
    /// <param name="At">When.</param>
    /// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>failing</c> (it is tried again) or <c>parked</c> (it is not, until somebody says so).</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="TriedAt">When last.</param>
    /// <param name="Status">What was answered.</param>
    /// <param name="Error">Why it was not taken.</param>
    /// <param name="TookMs">How long that took.</param>
    public sealed record Item(
        Guid Webhook, Guid Event, string Type, Guid RecordId, int Version, DateTimeOffset At, string State, int Attempts, DateTimeOffset? TriedAt, int? Status,
        string? Error, int? TookMs);

    /// <summary>A page of them.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? NextCursor);

    /// <summary>The deliveries of the webhooks that the caller sees.</summary>
    public static async Task<Page> Handle(
        Session session, Guid? webhook = null, [RegularExpression(States)] string? state = null, DateTimeOffset? from = null, DateTimeOffset? to = null,
        string? type = null, Guid? recordId = null, [Range(1, Most)] int? limit = null, string? cursor = null)
    {
        if (limit is < 1 or > Most)
            throw Refusal.Invalid("limit", $"limit is between 1 and {Most}.");
        if (state is not (null or "waiting" or "delivered" or "failing" or "parked" or "open"))
            throw Refusal.Invalid("state", "state is waiting, delivered, failing, parked, or open: failing or parked.");
        var mine = await Seen(session, webhook);
        var place = Place.Read(cursor);
        var size = limit ?? Usual;
        var isWaiting = state == "waiting";
        var (time, sign, order) = isWaiting ? ("d.at", ">", "asc") : ("d.tried_at", "<", "desc");
        var columns = isWaiting
            ? "'waiting' as state, d.attempts, null::timestamptz as tried_at, null::int as status, null::text as error, null::int as took_ms"
            : "d.state, d.attempts, d.tried_at, d.status, d.error, d.took_ms";
        var rows = await session.Query<Item>(
            $"""
            select d.webhook, d.event, d.type, d.record_id, d.version, d.at, {columns}
            from {(isWaiting ? "due" : "delivery")} d
            where d.tenant = @tenant {(webhook is not null ? "and d.webhook = @webhook" : mine is not null ? "and d.webhook = any(@mine)" : "")}
                {(isWaiting ? "and d.attempts = 0" : state == "open" ? "and d.state <> 'delivered'" : state is "failing" or "parked"
                    ? "and d.state <> 'delivered' and d.state = @state" : state is not null ? "and d.state = @state" : "")}
                {(from is not null ? $"and {time} >= @from" : "")} {(to is not null ? $"and {time} < @to" : "")}
                {(type is not null ? "and d.type = @type" : "")} {(recordId is not null ? "and d.record_id = @recordId" : "")}
                {(place is not null ? $"and ({time}, d.event) {sign} (@at, @event)" : "")}
            order by {time} {order}, d.event {order} limit {size + 1}
            """,
            new
            {
                webhook = webhook ?? Guid.Empty,
                mine = mine ?? [],
                state = state ?? "",
                from = from?.ToUniversalTime() ?? default,
                to = to?.ToUniversalTime() ?? default,
                type = type ?? "",
                recordId = recordId ?? Guid.Empty,
                at = place?.At ?? default,
                @event = place?.Event ?? default,
            });
        var page = rows.Take(size).ToList();
        return new Page(page, rows.Count > size ? new Place(page[^1].TriedAt ?? page[^1].At, page[^1].Event).ToString() : null);
    }

    /// <summary>The webhooks whose deliveries the caller sees; null when all of them are, refused where the one asked for is not.</summary>
    internal static async Task<Guid[]?> Seen(Session session, Guid? webhook)
    {
        if (webhook is { } one)
            return await session.Find<Webhook>(one) is not null ? [one] : throw Refusal.NotFound("webhook", one);
        if ((await session.Standing()).Rights.IsEverything)
            return null;
        return [.. await session.Seen<Webhook>((await session.List<Webhook>("deleted_at is null", new { })).Select(w => w.Id))];
    }
}
