using CrmPlatform.Journal.Relay;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Telemetry;

/// <summary>
/// Looks every few seconds at what nobody reports by itself: whether database and broker answer, and what waits to be told. Every
/// process of a service looks, whether it relays or not: a relay that cannot work has nothing to say, and then the figures matter most.
/// </summary>
internal sealed class JournalGauges(
    NpgsqlDataSource ops, Broker broker, JournalHealth health, JournalMetrics metrics, TimeProvider clock, ILogger<JournalGauges> log)
    : BackgroundService
{
    // Counting stops there: that many is an alarm, whatever the exact number.
    private const int MostCounted = 100_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            metrics.Database(await health.Database(stoppingToken) is null);
            await Try(Backlog, stoppingToken);
            metrics.Broker(await Try(broker.Connect, stoppingToken));
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Backlog(CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(
            """
            select (select count(*) from (select from outbox limit $1) first),
                   (select j.at from journal j where j.entry = (select min(o.entry) from outbox o)),
                   (select coalesce(max(c.position), 0) from chain c)
            """);
        command.Parameters.Add(new() { Value = MostCounted });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        metrics.Outbox(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
        metrics.Chain(row.GetInt64(2));
    }

    // Whatever goes wrong with a look, the next one comes: a service does not stop because it cannot be looked at.
    private async Task<bool> Try(Func<CancellationToken, Task> look, CancellationToken stop)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
            deadline.CancelAfter(TimeSpan.FromSeconds(10));
            await look(deadline.Token);
            return true;
        }
        catch (Exception e)
        {
            var expected = e is BrokerAway or OperationCanceledException or TimeoutException or NpgsqlException { IsTransient: true };
            log.Log(expected ? LogLevel.Debug : LogLevel.Warning, e, "Outbox, chain or broker could not be looked at");
            return false;
        }
    }
}
