using System.Collections.Immutable;
using System.Collections.ObjectModel;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Transport;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Journal.Intake;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>Who is told the same: one tenant's callers with one graph, or one caller, who ask for the same.</summary>
internal sealed record AudienceKey(Guid Tenant, TypeSystem Types, Asker? Only, string Document, string? Operation, string Variables);

/// <summary>
/// All who are told the same: an event is read and answered once for them, however many they are. What comes while one answer is made is read together
/// for the next. The service is asked in the name of one of them, with rights that all of them have.
/// </summary>
internal sealed partial class Audience(Hub hub, AudienceKey key, Wish wish, ServiceClient client, TimeProvider clock, ILogger log)
{
    private const int MostWaiting = 2_000;
    private const int MostAtOnce = 500;
    private const int MostOutside = 20_000;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly HashSet<Guid> outside = [];
    private List<IncomingEvent> waiting = [];
    private ImmutableList<Subscription> members = [];
    private News? live;
    private bool missed;
    private bool busy;

    public AudienceKey Key => key;

    /// <summary>Whether all its members have the same rights, whoever they are.</summary>
    public bool IsShared => wish.IsShared;

    /// <summary>Whether nobody is left. Once so it stays so.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Adds a member, who is told all that happens from here on; false where it was over already.</summary>
    public bool Join(Subscription one)
    {
        lock (gate)
        {
            if (IsOver)
                return false;
            members = members.Add(one);
            one.Audience = this;
            return true;
        }
    }

    /// <summary>Takes a member away; true where it was the last.</summary>
    public bool Leave(Subscription one)
    {
        lock (gate)
        {
            members = members.Remove(one);
            return IsOver = members.Count == 0;
        }
    }

    /// <summary>Tells one member that from here on nothing is missed.</summary>
    public async Task Welcome(Subscription one)
    {
        live ??= await Answer(Change.Live, one.By, null);
        one.Tell(live, live);
    }

    /// <summary>Something happened.</summary>
    public void Hear(IncomingEvent told)
    {
        if (wish.Of(told.Record) is null || wish.Ids?.Contains(told.RecordId) is false)
            return;
        lock (gate)
        {
            if (waiting.Count >= MostWaiting)
            {
                (missed, waiting) = (true, []);
                hub.Metrics.Dropped(MostWaiting, "missed");
            }
            waiting.Add(told);
        }
        Begin();
    }

    /// <summary>Something may have been missed, or what they may see has changed.</summary>
    public void Miss()
    {
        lock (gate)
            (missed, waiting) = (true, []);
        Begin();
    }

    private void Begin()
    {
        lock (gate)
        {
            if (busy || IsOver)
                return;
            busy = true;
        }
        _ = Task.Run(Work);
    }

    private async Task Work()
    {
        while (Take() is var (wasMissed, events))
        {
            if (wasMissed)
            {
                outside.Clear();
                foreach (var one in members)
                    await Welcome(one);
            }
            while (events.Count > 0 && members.Find(m => m.By.Ended is null && m.Failed.Count == 0) is { } one && !await Tell(events, one.By))
            {
                // Somebody else asks now, or the service is back.
            }
        }
    }

    private (bool Missed, IReadOnlyList<IncomingEvent> Events)? Take()
    {
        lock (gate)
        {
            if ((waiting.Count == 0 && !missed) || IsOver)
            {
                busy = false;
                return null;
            }
            var (was, next) = (missed, waiting.Count <= MostAtOnce ? waiting : waiting.GetRange(0, MostAtOnce));
            (missed, waiting) = (false, waiting.Count <= MostAtOnce ? [] : waiting.GetRange(MostAtOnce, waiting.Count - MostAtOnce));
            return (was, next);
        }
    }

    // False where it has to be tried once more: what is away comes back, and somebody else may still be let in.
    private async Task<bool> Tell(IReadOnlyList<IncomingEvent> events, Listener by)
    {
        try
        {
            if (outside.Count > MostOutside)
                outside.Clear();
            IReadOnlyList<(IncomingEvent Event, Change Change)> changes;
            using (await hub.Turn())
                changes = await new Looking(client, by.Asker, wish, outside).At(events, CancellationToken.None);
            foreach (var (told, change) in changes)
                All(await Answer(change, by, told));
            return true;
        }
        catch (GraphException e) when (e.Error.Code == ServiceClient.IsAway)
        {
            await Task.Delay(AgainAfter, clock);
            return false;
        }
        catch (GraphException e) when (Rechecks.IsOfTheToken(e.Error))
        {
            by.End(e.Error);
            return false;
        }
        catch (GraphException e)
        {
            foreach (var one in members.Where(m => m.By == by))
                one.Fail([e.Error]); // a field of the filter is gone, or kept from them now; others may still see it
            return false;
        }
        catch (Exception e)
        {
            Unexpected(e);
            Miss();
            return true;
        }
    }

    private void All(News told)
    {
        foreach (var one in members)
            one.Tell(told, live ?? told);
    }

    private async Task<News> Answer(Change change, Listener by, IncomingEvent? told)
    {
        using var levels = new Levels(client, by.Asker, ReadOnlyDictionary<string, string>.Empty); // whether records have become others: Rechecks
        var run = wish.Run with { Fetching = levels.Fetch, Failed = Unexpected, Cancel = CancellationToken.None };
        var (data, errors) = await Executor.Execute(run, change);
        return new(AnswerText.Of(new(data, errors, WasDone: true)), told?.RecordId, told?.At);
    }

    [LoggerMessage(LogLevel.Error, "A change could not be told")]
    private partial void Unexpected(Exception exception);
}
