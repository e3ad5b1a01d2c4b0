using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Replicas;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Applies runs of events, each run in one transaction. A run that fails is halved until the message at fault stands alone: that one is
/// retried later and parked in the end, the others go through. What fails because of a server is tried again as it is.
/// </summary>
/// <remarks>
/// Order per record: an event waits while the table <c>parked</c> has a row of its record with a lower version. A row is written
/// before its message leaves the queue and goes with the transaction that applies it, so no later event of the record slips past.
/// </remarks>
internal sealed class Runs(
    IntakeOptions options, Consumers consumers, IReadOnlyList<Projection> projections, Sessions sessions, NpgsqlDataSource data, NpgsqlDataSource ops,
    Broker broker, TimeProvider clock, JournalMetrics metrics, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(2);

    private readonly Waiting waiting = new(data, clock);
    private readonly Marks marks = new(data, ops);

    /// <summary>Why nothing can be applied at the moment, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>
    /// Returns when every delivery of the run is settled. <paramref name="stop"/> ends the waiting for a server, <paramref name="abort"/> everything.
    /// </summary>
    public async Task Settle(IReadOnlyList<Delivery> run, CancellationToken stop, CancellationToken abort)
    {
        if (run.Count == 0)
            return;
        if (run.Count > 1 && run.Select((d, i) => (d, i)).FirstOrDefault(m => Marks.Is(m.d.Event)) is ({ } mark, var at))
        {
            await Settle([.. run.Take(at)], stop, abort);
            await Settle([mark], stop, abort);
            await Settle([.. run.Skip(at + 1)], stop, abort);
            return;
        }
        try
        {
            if (Marks.Is(run[0].Event))
            {
                await Patiently(() => Heed(run[0], abort), stop);
                return;
            }
            var held = await Patiently(() => Together(run, abort), stop);
            foreach (var record in held.GroupBy(d => d.Event.RecordId))
                await InTurn([.. record.OrderBy(d => d.Event.Version)], stop, abort);
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            if (run.Count == 1)
            {
                await Fail(run[0], e, stop, abort);
                return;
            }
            await Settle([.. run.Take(run.Count / 2)], stop, abort);
            await Settle([.. run.Skip(run.Count / 2)], stop, abort);
        }
    }

    private async Task<List<Delivery>> Together(IReadOnlyList<Delivery> run, CancellationToken abort)
    {
        await using var work = new Work(sessions, data, abort);
        var told = run.Where(d => !Work.IsBeside(d)).ToList();
        var (fresh, held) = told.Count > 0 ? await work.Claim(told) : ([], []);
        var news = told.Where(d => fresh.Remove(d.Event.Id)).ToHashSet(); // the second of two equal ids in one run is a duplicate too
        await work.Apply([.. told.Where(news.Contains)], projections, consumers, options.Service);
        await work.TakeUp([.. run.Where(Work.IsBeside)], projections);
        await work.Commit();

        foreach (var delivery in told.Where(d => !held.Contains(d.Event.Id)))
            Settled(delivery, news.Contains(delivery) ? Outcome.Applied : Outcome.Duplicate);
        foreach (var delivery in run.Where(Work.IsBeside))
            delivery.Settled();
        return [.. told.Where(d => held.Contains(d.Event.Id))];
    }

    private async Task<bool> Heed(Delivery mark, CancellationToken abort)
    {
        await marks.Heed(mark.Event, abort);
        mark.Settled();
        return true;
    }

    // Events of one record of which some did not go through: each is applied once nothing lower is left.
    private async Task InTurn(IReadOnlyList<Delivery> sameRecord, CancellationToken stop, CancellationToken abort)
    {
        var rows = await Patiently(() => waiting.Of(sameRecord[0].Event.RecordId, abort), stop);
        var followers = new List<(Delivery Delivery, Guid Head, string State)>();
        foreach (var delivery in sameRecord)
        {
            var own = rows.Find(r => r.Id == delivery.Event.Id);
            if (own?.State == Waiting.Parked)
                delivery.Settled(); // a stray copy: the event itself lies parked, and comes from there when somebody sends it
            else if (rows.Find(r => r.Version < delivery.Event.Version) is { } head)
                followers.Add((delivery, head.Id, rows.Exists(r => r.Version < delivery.Event.Version && r.State == Waiting.Parked)
                    ? Waiting.Parked : Waiting.Retrying));
            else
            {
                rows.RemoveAll(r => r.Id == delivery.Event.Id);
                if (await Alone(delivery, stop, abort) is { } failed)
                    rows.Insert(0, failed);
            }
        }
        if (followers.Count > 0)
            await Hold(followers, stop, abort);
    }

    private async Task<WaitingRow?> Alone(Delivery delivery, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            var news = await Patiently(async () =>
            {
                await using var work = new Work(sessions, data, abort);
                var isNew = await work.ClaimOne(delivery);
                if (isNew)
                    await work.Apply([delivery], projections, consumers, options.Service);
                await work.Commit();
                return isNew;
            }, stop);
            Settled(delivery, news ? Outcome.Applied : Outcome.Duplicate);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return await Fail(delivery, e, stop, abort);
        }
    }

    private async Task<WaitingRow> Fail(Delivery delivery, Exception why, CancellationToken stop, CancellationToken abort)
    {
        var attempts = why is Unreadable || why.GetBaseException() is Unreadable ? 1 : options.Delays.Count + 1;
        var row = await Patiently(() => waiting.Failed(delivery, why.ToString(), attempts, abort), stop);
        if (row.State == Waiting.Retrying)
        {
            log.LogWarning(why, "{Event} {Id} failed, attempt {Attempt}; it comes again", delivery.Event.Type, delivery.Event.Id, row.Attempts);
            await Again([(delivery, options.Delays[row.Attempts - 1])], stop);
        }
        else
            log.LogError(why, "{Event} {Id} failed {Attempts} times and is parked", delivery.Event.Type, delivery.Event.Id, row.Attempts);
        Settled(delivery, row.State == Waiting.Retrying ? Outcome.Retried : Outcome.Parked);
        return row;
    }

    private async Task Hold(List<(Delivery Delivery, Guid Head, string State)> followers, CancellationToken stop, CancellationToken abort)
    {
        await Patiently(async () =>
        {
            await waiting.Behind(followers, abort);
            return 0;
        }, stop);
        await Again([.. followers.Where(f => f.State == Waiting.Retrying).Select(f => (f.Delivery, options.Delays[0]))], stop);
        foreach (var (delivery, _, state) in followers)
            if (state == Waiting.Parked)
                Settled(delivery, Outcome.Parked);
            else
                delivery.Settled();
    }

    // The copy is confirmed before the original is acknowledged: a crash between the two leaves two, never none.
    private Task Again(IReadOnlyList<(Delivery Delivery, TimeSpan Delay)> copies, CancellationToken stop) => copies.Count == 0
        ? Task.CompletedTask
        : Patiently(async () =>
        {
            await broker.Publish([.. copies.Select(c => new Message(
                "", IntakeQueues.Retry(options.Service, c.Delay), Headers.Copy(c.Delivery.Event.Id, c.Delivery.Properties), c.Delivery.Event.Body))], stop);
            return 0;
        }, stop);

    private async Task<T> Patiently<T>(Func<Task<T>> work, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            try
            {
                var result = await work();
                Trouble = null;
                return result;
            }
            catch (Exception e) when (Failures.IsTheServers(e))
            {
                if (Trouble is null)
                    log.LogWarning(e, "Events wait: {Reason}", e.Message);
                Trouble = e.Message;
                await Task.Delay(pause, clock, stop);
            }
    }

    private void Settled(Delivery delivery, Outcome outcome)
    {
        metrics.Consumed(delivery.Event.Type, outcome, delivery.Event.At);
        delivery.Settled();
    }
}
