using CrmPlatform.Contracts.Integrations;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Integrations.Sending;

/// <summary>
/// What is delivered to one webhook, while this process holds it. Not thread safe but for <see cref="Signal"/>: it runs once at a time.
/// </summary>
internal sealed class Lane(Lane.Parts parts, Guid tenant, Guid id)
{
    private const int First = 2, AtOnce = 16, Loaded = 200;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(15), Idle = TimeSpan.FromSeconds(3), Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), ShortestPause = TimeSpan.FromSeconds(0.1), LongestPause = TimeSpan.FromSeconds(3);

    private readonly Dictionary<Guid, Task<Outcome>> flying = [];
    private readonly Queue<Job> loaded = [];
    private readonly Lock begin = new();
    private TaskCompletionSource signal = Unsignalled();
    private Endpoint? endpoint;
    private DateTimeOffset heldUntil, loadedAt;
    private TimeSpan pause;
    private Task paused = Task.CompletedTask;
    private int window = First; // grows while what is sent is taken; one while it is not
    private bool isOver;

    /// <summary>Ends when it runs no more.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Something may be due.</summary>
    public void Signal() => Volatile.Read(ref signal).TrySetResult();

    /// <summary>Runs, unless it does already. Once it has ended another takes its place.</summary>
    public void Begin(Action ended, CancellationToken stop)
    {
        lock (begin)
            if (Ended.IsCompleted && !isOver)
                Ended = Task.Run(() => Run(ended, stop), CancellationToken.None);
    }

    private async Task Run(Action ended, CancellationToken stop)
    {
        try
        {
            await Serve(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(flying.Values.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Release().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e)
        {
            parts.Log.LogWarning(e, "Nothing can be delivered to the webhook {Webhook} just now: {Why}", id, e.Message);
            await Task.WhenAll(flying.Values.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        isOver = true;
        ended(); // whoever has signalled since is found by looking
    }

    private async Task Serve(CancellationToken stop)
    {
        var (more, idle) = (true, Task.Delay(Idle, stop));
        while (await Hold(stop))
        {
            var isStale = parts.Clock.GetUtcNow() > loadedAt + Fresh;
            if (isStale)
                loaded.Clear(); // somebody may have paused it, or sees less
            if (loaded.Count == 0 && flying.Count < window && (more || isStale || signal.Task.IsCompleted))
                more = await Load(stop);
            if (endpoint is null)
                break;
            while (loaded.Count > 0 && flying.Count < window && paused.IsCompleted)
            {
                var job = loaded.Dequeue();
                flying[job.What.Id] = Deliver(endpoint, job, stop);
            }
            if (idle.IsCompleted)
                idle = Task.Delay(Idle, stop);
            var isIdle = flying.Count == 0 && loaded.Count == 0;
            await Task.WhenAny(
            [
                .. flying.Values, idle, .. loaded.Count == 0 && !more && flying.Count < window ? [signal.Task] : Array.Empty<Task>(),
                .. loaded.Count > 0 && !paused.IsCompleted ? [paused] : Array.Empty<Task>(),
            ]);
            stop.ThrowIfCancellationRequested();
            if (isIdle && !signal.Task.IsCompleted)
                break;
            foreach (var landed in flying.Where(f => f.Value.IsCompleted).ToList())
            {
                flying.Remove(landed.Key);
                more |= endpoint.Webhook.Order == WebhookOrder.Record; // the next of the same record may go
                var outcome = await landed.Value;
                Heed(outcome.Answered);
                if (outcome.State == "parked")
                    await Disable(outcome, stop);
            }
        }
        await Task.WhenAll(flying.Values);
        await Release();
    }

    // Whether there may be more.
    private async Task<bool> Load(CancellationToken stop)
    {
        Volatile.Write(ref signal, Unsignalled()); // before it is looked: what comes later signals again
        using var turn = await parts.Turn(stop);
        await using var session = Endpoint.Session(parts.Sessions, tenant, stop);
        var most = window < First ? AtOnce : Loaded; // where little is taken little is looked up
        var next = endpoint is not null && parts.Clock.GetUtcNow() <= loadedAt + Fresh ? await endpoint.Next(session, [.. flying.Keys], most) : null;
        if (next is null)
        {
            loadedAt = parts.Clock.GetUtcNow();
            endpoint = await Endpoint.Load(session, parts.Secrets, id);
            next = endpoint is null ? [] : await endpoint.Next(session, [.. flying.Keys], most) ?? [];
        }
        foreach (var job in next)
            loaded.Enqueue(job);
        return loaded.Count == most;
    }

    private static TaskCompletionSource Unsignalled() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<Outcome> Deliver(Endpoint to, Job job, CancellationToken stop)
    {
        var turn = window < First ? parts.Troubled : parts.All;
        await turn.WaitAsync(stop);
        Answered answered;
        try
        {
            answered = await parts.Sender.Send(to.Webhook, to.Secrets, $"{job.What.Id}", job.Body, stop);
        }
        finally
        {
            turn.Release();
        }
        var (tries, now) = (job.Tries + 1, parts.Clock.GetUtcNow());
        var wait = answered.IsTaken || answered.IsGone ? null : Schedule.After(tries, answered.Asked);
        var outcome = new Outcome(tenant, id, to.Webhook.Url, job.What, answered, tries, job.Attempts + 1, now + wait);
        parts.Metrics.Tried(outcome);
        await parts.Outcomes.Write(outcome);
        return outcome;
    }

    // One that takes nothing is asked less and less often, so that it costs the others nothing however much waits for it; one that does, more at once.
    private void Heed(Answered answered)
    {
        if (answered.IsTaken)
            (window, pause, paused) = (Math.Min(Math.Max(window, First) + 1, AtOnce), TimeSpan.Zero, Task.CompletedTask);
        else if (paused.IsCompleted) // of several that were under way the first says it all
        {
            (window, pause) = (1, pause * 2 < ShortestPause ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause);
            paused = Task.Delay(pause, CancellationToken.None);
        }
    }

    // One that answers 410 wants nothing any more. One that is tried in vain for days while it takes others is at odds with this one alone.
    private async Task Disable(Outcome outcome, CancellationToken stop)
    {
        var answered = outcome.Answered;
        using var turn = await parts.Turn(stop);
        await using var session = Endpoint.Session(parts.Sessions, tenant, stop);
        var why = answered.IsGone ? "gone" : "failing";
        if (!answered.IsGone && (await session.Query<int>(
            """
            select 1 from delivery where tenant = @tenant and webhook = @id and state = 'delivered' and tried_at > (
                select min(at) from attempt where tenant = @tenant and webhook = @id and event = @event and number > @before) limit 1
            """,
            new { id, @event = outcome.What.Id, before = outcome.Number - outcome.Tries })).Count > 0)
            return;
        if (await session.List<Webhook>("id = @id and deleted_at is null and state = 'active'", new { id }, locks: true) is not [var webhook])
            return;
        await session.Change(
            webhook, webhook with { State = WebhookState.Disabled, Reason = answered.Error ?? why, StateSince = session.Now },
            new WebhookDisabled { Because = why, Status = answered.Status, Name = webhook.Name, OwnerId = webhook.OwnerId });
        await session.Commit();
        parts.Metrics.Disabled(why);
        loaded.Clear();
        loadedAt = default;
    }

    private async Task<bool> Hold(CancellationToken stop)
    {
        var now = parts.Clock.GetUtcNow();
        if (now + Held / 2 < heldUntil)
            return true;
        using var turn = await parts.Turn(stop);
        await using var session = Endpoint.Session(parts.Sessions, tenant, stop);
        var until = now + Held;
        var held = await session.Query<int>(
            """
            insert into lane as l (tenant, webhook, holder, until) values (@tenant, @id, @holder, @until)
            on conflict (tenant, webhook) do update set holder = @holder, until = @until where l.holder = @holder or l.until <= @now returning 1
            """,
            new { id, holder = parts.Holder, until, now });
        if (held.Count > 0)
            heldUntil = until;
        return held.Count > 0;
    }

    private async Task Release()
    {
        using var turn = await parts.Turn(CancellationToken.None);
        await using var session = Endpoint.Session(parts.Sessions, tenant, CancellationToken.None);
        await session.Execute("delete from lane where tenant = @tenant and webhook = @id and holder = @holder", new { id, holder = parts.Holder });
        await session.Commit();
    }

    /// <summary>What all lanes of a process share.</summary>
    internal sealed class Parts(
        Sessions sessions, WebhookSecrets secrets, Sender sender, Outcomes outcomes, WebhookMetrics metrics, TimeProvider clock, ILogger<Lane> log)
    {
        public Guid Holder { get; } = Guid.CreateVersion7();

        /// <summary>How many requests are under way at once; those to addresses that take nothing have fewer places, and of their own.</summary>
        public SemaphoreSlim All { get; } = new(1024);

        public SemaphoreSlim Troubled { get; } = new(256);

        /// <summary>However many lanes there are, they leave the database's connections to those who ask and change.</summary>
        public SemaphoreSlim Asking { get; } = new(16);

        public Sessions Sessions => sessions;

        public WebhookSecrets Secrets => secrets;

        public Sender Sender => sender;

        public Outcomes Outcomes => outcomes;

        public WebhookMetrics Metrics => metrics;

        public TimeProvider Clock => clock;

        public ILogger Log => log;

        /// <summary>Waits for a turn at the database, until it is disposed of.</summary>
        public async Task<IDisposable> Turn(CancellationToken cancel)
        {
            await Asking.WaitAsync(cancel);
            return new Turned(Asking);
        }

        private sealed class Turned(SemaphoreSlim asking) : IDisposable
        {
            public void Dispose() => asking.Release();
        }
    }
}
