using CrmPlatform.Journal.Chain;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Relay;

/// <summary>
/// Tells what the journal holds. Reads the outbox in entry order, publishes with confirms, then in one transaction chains the entries
/// and deletes them from the outbox:
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

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

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
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var entries = await line.Next(BatchSize, cancel);
                if (entries.Count > 0)
                    head = await Tell(line, entries, head, cancel);
                worked();
                Trouble = null;
                anchors.Offer(head);
                if (entries.Count == BatchSize)
                    continue;
                await wake.Wait(Poll, cancel);
            }
        }
        finally
        {
            anchors.Close(head);
        }
    }

    private async Task<ChainHead> Tell(RelaySource.Line line, List<Entry> entries, ChainHead head, CancellationToken cancel)
    {
        await broker.Publish([.. entries.Select(e => e.ToMessage(source.Service, Topology.Exchange))], cancel);
        var next = await line.Chain(entries, head, CancellationToken.None); // published: the batch is finished even while stopping
        metrics.Told(entries.Count, next.Position);
        return next;
    }
}
