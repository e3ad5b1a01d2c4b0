using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Feed;

/// <summary>
/// All that happened, of all services, as far as the caller sees it: from a place on, for programs that want to catch up or keep up. Where nothing is there
/// yet it waits for a while, if asked to.
/// </summary>
public static class ReadEvents
{
    private const int Usual = 100, Most = 1000, LongestWait = 25;

    /// <summary>Some events, and the place behind them to go on from.</summary>
    public sealed record Page(IReadOnlyList<JsonElement> Items, string Next);

    /// <summary>The events behind a place.</summary>
    public static async Task<Page> Handle(
        Session session, [FromServices] Sessions sessions, [FromServices] Signals signals, CancellationToken cancel, string? after = null,
        string? types = null, [Range(1, Most)] int? limit = null, [Range(0, LongestWait)] int? wait = null)
    {
        if (limit is < 1 or > Most)
            throw Refusal.Invalid("limit", $"limit is between 1 and {Most}.");
        if (wait is < 0 or > LongestWait)
            throw Refusal.Invalid("wait", $"wait is between 0 and {LongestWait} seconds.");
        var (place, wanted, watch, patience) = (FeedCursor.Read(after, "after"), Reading.Types(types), Stopwatch.StartNew(), TimeSpan.FromSeconds(wait ?? 0));
        while (true)
        {
            var heard = signals.NextOf(session.Cause.Tenant);
            await using (var round = sessions.Begin(session.Cause, cancel)) // who waits holds no connection
            {
                var (items, next, isEnd) = await Reading.Step(round, place, wanted, limit ?? Usual);
                place = next;
                if (items.Count > 0 || isEnd && watch.Elapsed >= patience)
                    return new Page(items.ConvertAll(i => i.Item), place.ToString());
                if (!isEnd)
                    continue;
            }
            await Reading.Wait(heard, patience - watch.Elapsed, cancel);
        }
    }
}
