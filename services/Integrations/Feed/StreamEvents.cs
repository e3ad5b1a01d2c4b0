using System.Text;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmPlatform.Integrations.Feed;

/// <summary>
/// The feed as server-sent events, for as long as the caller's token is good: who comes back goes on behind what came last (<c>Last-Event-ID</c>). Who does not
/// say that they understand such a stream (<c>Accept: text/event-stream</c>) gets what there is, and its end.
/// </summary>
public static class StreamEvents
{
    private const string MediaType = "text/event-stream";
    private const int AtOnce = 200;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>Streams what happens from a place on.</summary>
    public static Task<IResult> Handle(
        HttpContext http, Session session, [FromServices] Sessions sessions, [FromServices] Signals signals, [FromServices] TimeProvider clock,
        string? after = null, string? types = null)
    {
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var (place, wanted) = (FeedCursor.Read(last.Length > 0 ? last : after, "after"), Reading.Types(types));
        var isListener = http.Request.Headers.Accept.ToString().Contains(MediaType, StringComparison.OrdinalIgnoreCase);
        var until = !isListener ? DateTimeOffset.MinValue : http.Features.Get<Caller>()?.Expires ?? DateTimeOffset.MaxValue;
        return Task.FromResult<IResult>(new Stream(session.Cause, sessions, signals, clock, place, wanted, until));
    }

    private sealed class Stream(
        Cause cause, Sessions sessions, Signals signals, TimeProvider clock, FeedCursor from, string? types,
        DateTimeOffset until) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
            response.ContentType = $"{MediaType}; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            await response.WriteAsync(": here\n\n", cancel);
            await response.Body.FlushAsync(cancel);
            var (place, silentSince) = (from, clock.GetUtcNow());
            while (!cancel.IsCancellationRequested)
            {
                var heard = signals.NextOf(cause.Tenant);
                var (items, next, isEnd) = await Step(place, cancel);
                foreach (var (item, behind) in items)
                    await response.WriteAsync(Text(item, behind), cancel);
                if (items.Count == 0 && clock.GetUtcNow() - silentSince > Silence)
                    await response.WriteAsync(next.ToString() == place.ToString() ? ": still here\n\n" : $"id: {next}\n\n", cancel);
                if (items.Count > 0 || clock.GetUtcNow() - silentSince > Silence)
                {
                    await response.Body.FlushAsync(cancel);
                    silentSince = clock.GetUtcNow();
                }
                place = next;
                if (isEnd && clock.GetUtcNow() >= until)
                    break;
                if (isEnd)
                    await Reading.Wait(heard, Silence, cancel);
            }
        }

        private async Task<(List<(JsonElement Item, FeedCursor Behind)> Items, FeedCursor Next, bool IsEnd)> Step(FeedCursor place, CancellationToken cancel)
        {
            await using var round = sessions.Begin(cause, cancel);
            return await Reading.Step(round, place, types, AtOnce);
        }

        private static string Text(JsonElement item, FeedCursor behind) => new StringBuilder()
            .Append("id: ").Append(behind).Append("\nevent: ").Append(item.GetProperty("type").GetString())
            .Append("\ndata: ").Append(JsonSerializer.Serialize(item)).Append("\n\n").ToString();
    }
}
