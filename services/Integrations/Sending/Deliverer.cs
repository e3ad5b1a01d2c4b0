using System.Collections.Concurrent;
using CrmPlatform.Integrations.Hearing;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Integrations.Sending;

/// <summary>
/// Delivers what is due. Each webhook is a lane of its own, that one process at a time holds; a lane sends several at once while they are taken, and one at a
/// time while they are not. So an address that is slow or away costs the others nothing.
/// <code>
///   due ──▶ lane of webhook ──▶ request ──▶ taken: gone from due, in the log
///    ▲        held for 15 s                └▶ not taken: later, by the schedule; parked after the last
///    └── woken by who hears (same process) and by looking (others, retries)
/// </code>
/// </summary>
internal sealed class Deliverer(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Lane.Parts parts, Signals signals, TimeProvider clock, ILogger<Deliverer> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    // A walk over the webhooks for which something is there, however much that is.
    private const string LookSql =
        """
        with recursive w as (
            (select tenant, webhook from due order by tenant, webhook limit 1)
            union all
            select n.tenant, n.webhook from w, lateral (
                select d.tenant, d.webhook from due d where (d.tenant, d.webhook) > (w.tenant, w.webhook) order by d.tenant, d.webhook limit 1) n)
        select w.tenant, w.webhook from w join webhook h on h.tenant = w.tenant and h.id = w.webhook and h.state = 'active' and h.deleted_at is null
        where exists (select from due d where d.tenant = w.tenant and d.webhook = w.webhook and d.due_at <= $1)
            and (h.format <> 'standard'
                or exists (select from webhook_secret s where s.tenant = w.tenant and s.webhook = w.webhook and (s.ends_at is null or s.ends_at > $1)))
            and not exists (select from lane l where l.tenant = w.tenant and l.webhook = w.webhook and l.holder <> $2 and l.until > $1)
        """;

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Webhook), Lane> lanes = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looking = Look(stoppingToken);
        try
        {
            await foreach (var (tenant, webhook) in signals.Woken.ReadAllAsync(stoppingToken))
                Signal(tenant, webhook, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await looking;
        }
        await Task.WhenAll(lanes.Values.Select(lane => lane.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Signal(Guid tenant, Guid webhook, CancellationToken stop)
    {
        var lane = lanes.GetOrAdd((tenant, webhook), _ => new Lane(parts, tenant, webhook));
        lane.Signal();
        lane.Begin(() => lanes.TryRemove(KeyValuePair.Create((tenant, webhook), lane)), stop);
    }

    private async Task Look(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var (tenant, webhook) in await Due(stop))
                    Signal(tenant, webhook, stop);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                if (!stop.IsCancellationRequested)
                    log.LogWarning("What is due for webhooks cannot be looked for: {Why}", e.Message);
            }
            await Task.Delay(Every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<(Guid Tenant, Guid Webhook)>> Due(CancellationToken stop)
    {
        await using var command = ops.CreateCommand(LookSql);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToUniversalTime() });
        command.Parameters.Add(new() { Value = parts.Holder });
        var due = new List<(Guid, Guid)>();
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
            due.Add((row.GetGuid(0), row.GetGuid(1)));
        return due;
    }
}
