using CrmPlatform.Journal.Chain;
using CrmPlatform.Journal.Replicas;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Relay;

/// <summary>
/// Tells what the journal holds. Reads the outbox in entry order, publishes with confirms, then in one transaction chains the entries
/// and deletes them from the outbox. While one batch is on its way to the broker the one before it is chained and the next one read:
/// <code>
///   outbox ──select──▶ publish ──confirmed──▶ begin; chain += entries; outbox -= entries; commit
///      ▲                  │ broker away                      │ crash in between
///      └──────────────────┴──── still in the outbox ◀────────┘ told again: consumers drop what they know
/// </code>
/// One relay per service is active: it holds an advisory lock on a connection of its own, which is never pooled (a pooled connection
/// would keep the lock after it was given back). The chain's keys are the fence should two ever meet.
/// </summary>
internal sealed class Relay(
    RelaySource source, Broker broker, Wake wake, Anchors anchors, JournalMetrics metrics, TimeProvider clock, ILogger<Relay> log)
    : BackgroundService
{
    private const int BatchSize = 2000;

    // What this process commits wakes it at once. What another process of the service commits is found by looking: less often, the longer nothing came.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50), LongestPoll = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastConfirm = TimeSpan.FromSeconds(3); // how long a stop waits for the broker

    /// <summary>Why entries are not being told right now, or null.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Poll;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var line = await source.Open(stoppingToken);
                if (await line.Lead(stoppingToken))
                {
                    await TellOn(line, () => pause = Poll, stoppingToken);
                }
                pause = TimeSpan.FromSeconds(1); // another process leads: stand by
            }
            catch (Exception e) when (e is BrokerAway or NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                if (Trouble is null)
                    log.LogWarning(e, "The relay of {Service} pauses; nothing is lost, it goes on by itself", source.Service);
                Trouble = e is BrokerAway ? "waits for the broker" : "waits for the database";
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            metrics.Relaying(false);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellOn(RelaySource.Line line, Action worked, CancellationToken cancel)
    {
        await broker.Connect(cancel);
        var head = await line.Head(cancel);
        log.LogInformation("Telling the entries of {Service}, from position {Position} on", source.Service, head.Position + 1);
        metrics.Relaying(true);
        using var patience = new CancellationTokenSource();
        await using var stopping = cancel.Register(() => patience.CancelAfter(LastConfirm));
        var flight = Flight.None;
        var (told, poll) = (DateTimeOffset.MinValue, Poll);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                if (flight.Entries.Count < BatchSize)
                    await flight.Confirmed; // no backlog: whatever comes until then goes together, with one reading
                var looked = clock.GetUtcNow();
                var entries = await line.Next(BatchSize, flight.Entries, patience.Token);
                await flight.Confirmed;
                var landed = flight;
                flight = Publish(entries, patience.Token) with { AsOf = entries.Count < BatchSize ? looked : null };
                head = await Chain(line, landed, head);
                told = await Beat(landed, head, told, patience.Token);
                worked();
                Trouble = null;
                anchors.Offer(head);
                poll = flight.Entries.Count > 0 ? Poll : poll * 2 < LongestPoll ? poll * 2 : LongestPoll;
                if (flight.Entries.Count == 0)
                    await wake.Wait(poll, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await flight.Confirmed;
            head = await Chain(line, flight, head); // the next relay begins behind it
        }
        finally
        {
            await flight.Confirmed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // not chained: it is told again
            anchors.Close(head);
        }
    }

    // What was read at a moment and has landed is all there was then, unless there was more than fits.
    private async Task<DateTimeOffset> Beat(Flight landed, ChainHead head, DateTimeOffset last, CancellationToken cancel)
    {
        if (landed.AsOf is not { } asOf || asOf - last < Pulse.Every)
            return last;
        await broker.Publish([Pulse.Of(source.Service, asOf, head.Position)], cancel);
        return asOf;
    }

    private Flight Publish(List<Entry> entries, CancellationToken cancel) => entries.Count == 0
        ? Flight.None
        : new(entries, Task.Run(() => broker.Publish([.. entries.Select(e => e.ToMessage(source.Service, Topology.Exchange))], cancel), cancel));

    private async Task<ChainHead> Chain(RelaySource.Line line, Flight landed, ChainHead head)
    {
        if (landed.Entries.Count == 0)
            return head;
        var next = await line.Chain(landed.Entries, head, CancellationToken.None);
        metrics.Told(landed.Entries.Count, next.Position);
        return next;
    }

    /// <summary>A batch on its way to the broker.</summary>
    private sealed record Flight(IReadOnlyList<Entry> Entries, Task Confirmed)
    {
        public static Flight None { get; } = new([], Task.CompletedTask);

        /// <summary>When these were all there was to tell; null where there was more.</summary>
        public DateTimeOffset? AsOf { get; init; }
    }
}
