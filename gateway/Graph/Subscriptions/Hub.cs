using System.Collections.Concurrent;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Transport;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal.Intake;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>Who listens to what in this process: brings together who is told the same, and passes on to them what happens in their tenant.</summary>
internal sealed class Hub(ServiceClient client, TellingMetrics metrics, TimeProvider clock, ILogger<Hub> log) : IDisposable
{
    private const int MostOfConnection = 100;
    private const int MostOfCaller = 500;
    private const int ReadsAtOnce = 16;

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<AudienceKey, Audience>> audiences = new();
    private readonly ConcurrentDictionary<Listener, bool> listeners = new();
    private readonly ConcurrentDictionary<(Guid Tenant, string Actor), int> open = new();
    private readonly SemaphoreSlim reads = new(ReadsAtOnce);
    private volatile bool isHearing;

    public TellingMetrics Metrics => metrics;

    /// <summary>Who is connected.</summary>
    public ICollection<Listener> Listeners => listeners.Keys;

    /// <summary>Somebody is connected.</summary>
    public void Enter(Listener one) => listeners.TryAdd(one, true);

    /// <summary>Somebody has gone, and with them all they listened to.</summary>
    public void Leave(Listener one)
    {
        listeners.TryRemove(one, out _);
        foreach (var subscription in Of(one))
            Leave(subscription);
    }

    /// <summary>What somebody listens to.</summary>
    public static IReadOnlyList<Subscription> Of(Listener one)
    {
        lock (one.Subscriptions)
            return [.. one.Subscriptions];
    }

    /// <summary>Begins to tell somebody what they ask for; throws why they cannot be told.</summary>
    public async Task<Subscription> Subscribe(Listener by, GraphRequest request, ComposedGraph graph, Run run, CancellationToken cancel)
    {
        var wish = Wish.Read(run);
        using (await Turn())
            await new Looking(client, by.Asker, wish, []).Try(cancel);
        var one = new Subscription(by, request, metrics.Dropped);
        lock (by.Subscriptions)
        {
            if (by.Subscriptions.Count >= MostOfConnection)
                throw TooMany($"A connection has at most {MostOfConnection} subscriptions.");
            if (open.AddOrUpdate(Who(by), 1, (_, n) => n + 1) > MostOfCaller)
            {
                open.AddOrUpdate(Who(by), 0, (_, n) => n - 1);
                throw TooMany($"You have at most {MostOfCaller} subscriptions at a time.");
            }
            by.Subscriptions.Add(one);
        }
        metrics.Opened(1);
        (by.Graph, by.LookedAt) = (graph, by.Graph is null ? clock.GetTimestamp() : by.LookedAt);
        await Join(one, wish);
        return one;
    }

    /// <summary>Puts somebody among those who are told what they ask for, and tells them that they are.</summary>
    public async Task Join(Subscription one, Wish wish)
    {
        if (one.Audience is { } before && before.Leave(one))
            Forget(before);
        var by = one.By;
        var all = audiences.GetOrAdd(by.Caller.Tenant, _ => []);
        var key = new AudienceKey(
            by.Caller.Tenant, wish.Run.Types, wish.IsShared ? null : by.Asker, wish.Run.Document.Text, one.Request.OperationName, $"{one.Request.Variables}");
        Audience audience;
        do
            audience = all.GetOrAdd(key, _ => new(this, key, wish, client, clock, log));
        while (!audience.Join(one));
        if (isHearing)
            await audience.Welcome(one); // else everybody is, as soon as it is so
    }

    /// <summary>Somebody no longer wants to be told something.</summary>
    public void Leave(Subscription one)
    {
        lock (one.By.Subscriptions)
            if (!one.By.Subscriptions.Remove(one))
                return;
        if (one.Audience?.Leave(one) is true)
            Forget(one.Audience);
        if (open.AddOrUpdate(Who(one.By), 0, (_, n) => n - 1) <= 0)
            open.TryRemove(KeyValuePair.Create(Who(one.By), 0));
        metrics.Opened(-1);
        one.Fail(one.Failed);
    }

    /// <summary>Something happened: those of its tenant hear of it, and nobody else.</summary>
    public void Hear(IncomingEvent told)
    {
        if (!audiences.TryGetValue(told.Tenant, out var all))
            return;
        foreach (var (_, audience) in all)
            audience.Hear(told);
    }

    /// <summary>From here on nothing is missed; before, something may have been.</summary>
    public void Begin()
    {
        isHearing = true;
        foreach (var (_, all) in audiences)
            foreach (var (_, audience) in all)
                audience.Miss();
    }

    /// <summary>Nothing is heard until it begins again.</summary>
    public void Pause() => isHearing = false;

    /// <summary>Waits until a service may be asked: a thousand who see different things do not ask all at once.</summary>
    public async Task<IDisposable> Turn()
    {
        await reads.WaitAsync();
        return new InTurn(reads);
    }

    public void Dispose() => reads.Dispose();

    private void Forget(Audience audience)
    {
        if (!audiences.TryGetValue(audience.Key.Tenant, out var all))
            return;
        all.TryRemove(KeyValuePair.Create(audience.Key, audience));
    }

    private static (Guid Tenant, string Actor) Who(Listener by) => (by.Caller.Tenant, by.Caller.Actor.Id);

    private static GraphException TooMany(string message) => new(new(message, Codes.TooMuch));

    private sealed class InTurn(SemaphoreSlim reads) : IDisposable
    {
        public void Dispose() => reads.Release();
    }
}
