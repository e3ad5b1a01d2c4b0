using System.Collections.Concurrent;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Transport;
using CrmPlatform.Journal.Intake;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>
/// Looks again and again whether those who listen still may. A token that ends or is revoked ends what came of it; where roles, teams or record types
/// have changed, subscriptions are read again as their callers see the graph now. What identity tells, and what is told of fields, is looked at soon
/// after, the rest now and then.
/// </summary>
internal sealed partial class Rechecks(
    Hub hub, Revoked revoked, Graphs graphs, Answering answering, TimeProvider clock, ILogger<Rechecks> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1), NowAndThen = TimeSpan.FromSeconds(40);

    // Services hear what identity tells on their own, and keep what they know of roles for two seconds.
    private static readonly TimeSpan[] AfterNews = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private readonly ConcurrentDictionary<Listener, DateTimeOffset[]> due = new();

    /// <summary>Whether an error says that a token counts no longer, or not for this.</summary>
    public static bool IsOfTheToken(GraphError error) =>
        error.Code.StartsWith("token_", StringComparison.Ordinal) || error.Code is "scope_missing" or "address_not_allowed";

    /// <summary>Something may have been missed that would have said so.</summary>
    public void All()
    {
        foreach (var one in hub.Listeners)
            Soon(one);
    }

    /// <summary>What identity tells of tokens, people, roles and teams, and services of the fields a tenant has.</summary>
    public void Hear(IncomingEvent told)
    {
        if (told.Record.EndsWith(".customField", StringComparison.Ordinal))
            foreach (var one in hub.Listeners.Where(l => l.Caller.Tenant == told.Tenant))
                Soon(one);
        if (!told.Type.StartsWith("identity.", StringComparison.Ordinal))
            return;
        var isRevocation = revoked.Hear(told);
        foreach (var one in hub.Listeners.Where(l => l.Caller.Tenant == told.Tenant))
            if (isRevocation && revoked.Has(one.Caller))
                one.End(new("What this token came from has been revoked.", "token_revoked"));
            else if (told.Record is "identity.role" or "identity.team"
                || (told.Record == "identity.user" && $"{told.RecordId}" == one.Caller.Actor.Id))
                Soon(one);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            foreach (var one in hub.Listeners)
                if (now >= one.Caller.Expires)
                    one.End(new("The token has expired.", "token_expired"));
            await Parallel.ForEachAsync(
                hub.Listeners.Where(one => one.Ended is null && IsDue(one, now)), new ParallelOptions { MaxDegreeOfParallelism = 4 },
                async (one, _) => await Look(one, isNews: due.TryGetValue(one, out var times) && Taken(one, times, now)));
            foreach (var (gone, _) in due.Where(d => !hub.Listeners.Contains(d.Key)))
                due.TryRemove(gone, out _);
        }
    }

    private void Soon(Listener one) => due[one] = [.. AfterNews.Select(after => clock.GetUtcNow() + after)];

    private bool IsDue(Listener one, DateTimeOffset now) =>
        (due.TryGetValue(one, out var times) && times.Any(at => at <= now)) || clock.GetElapsedTime(one.LookedAt) >= NowAndThen;

    private bool Taken(Listener one, DateTimeOffset[] times, DateTimeOffset now)
    {
        var left = Array.FindAll(times, at => at > now);
        if (left.Length == 0)
            due.TryRemove(KeyValuePair.Create(one, times));
        else
            due.TryUpdate(one, left, times);
        return left.Length < times.Length;
    }

    private async Task Look(Listener one, bool isNews)
    {
        one.LookedAt = clock.GetTimestamp();
        try
        {
            var graph = (await graphs.Of(one.Asker, one.Caller, isNews ? TimeSpan.Zero : NowAndThen)).Graph;
            var isOther = !ReferenceEquals(graph, one.Graph);
            one.Graph = graph;
            foreach (var subscription in Hub.Of(one))
                if (isOther)
                    await Again(subscription);
                else if (isNews && subscription.Audience is { IsShared: false } audience)
                    audience.Miss(); // the same fields, perhaps of other records
        }
        catch (GraphException e) when (IsOfTheToken(e.Error))
        {
            one.End(e.Error);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Unexpected(e);
        }
    }

    private async Task Again(Subscription subscription)
    {
        var by = subscription.By;
        var (_, run, refused) = await answering.Prepare(subscription.Request, by.Caller, by.Asker, asks: false, by.Over);
        try
        {
            if (run is not null)
                await hub.Join(subscription, Wish.Read(run));
            else
                subscription.Fail(refused!.Errors);
        }
        catch (GraphException e)
        {
            subscription.Fail([e.Error]);
        }
    }

    [LoggerMessage(LogLevel.Error, "It could not be looked at what somebody who listens may still see")]
    private partial void Unexpected(Exception exception);
}
