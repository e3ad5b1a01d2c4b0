using System.Text.Json;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Integrations.Sending;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>
/// Tells a webhook what happened before, from a time or a place in the feed on: what it would be told had it been there. What it was told already it is told
/// again under the same id.
/// </summary>
public static class ReplayEvents
{
    private const int Step = 1000, Most = 100_000;

    /// <summary>From where to where: times, or a cursor of the feed.</summary>
    public sealed record Request(DateTimeOffset? From = null, DateTimeOffset? To = null, string? After = null);

    /// <summary>How many are on their way, and from where to go on where there were more than one request takes.</summary>
    public sealed record Told(int Count, string? Next);

    /// <summary>Tells what happened before.</summary>
    public static async Task<Told> Handle(Guid id, Request request, Session session, [FromServices] Signals signals)
    {
        var webhook = await session.Lock<Webhook>(id);
        if (request.From is null == request.After is null)
            throw Refusal.Invalid("from", "Say from when (from) or from which place in the feed (after), and not both.");
        var from = Feed.FeedCursor.Read(request.After, "after");
        var (count, looked) = (0, 0);
        while (true)
        {
            var step = await Feed.FeedRows.Next(session, from, request.From, request.To, null, Step);
            if (step.Count > 0)
                count += await Note(session, webhook, step);
            from = step.Aggregate(from, (at, happening) => at.With(happening));
            looked += step.Count;
            if (step.Count < Step || looked >= Most)
            {
                session.Afterwards(() => signals.Due(session.Cause.Tenant, id));
                return new Told(count, step.Count < Step ? null : from.ToString());
            }
        }
    }

    private static async Task<int> Note(Session session, Webhook webhook, List<Happening> step)
    {
        var matching = await Matching.Of(session, [webhook], step.Select(h => h.Type).ToHashSet(StringComparer.Ordinal));
        if (!matching.IsAny)
            return 0;
        var states = await States.At(session, step);
        var due = step.Where(h => matching.Told(h, states[(h.RecordId, h.Version)]).Any()).Select(h => (webhook.Id, h)).ToList();
        if (due.Count > 0)
            await Due.Note(session, due, session.Now);
        return due.Count;
    }
}
