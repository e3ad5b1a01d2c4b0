using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Database;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Integrations.Deliveries;

/// <summary>Forgets the log of what was delivered long ago, and events that are older than the feed goes back. What still waits is never forgotten.</summary>
internal sealed class DeliverySweeper(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Settings settings, TimeProvider clock, ILogger<DeliverySweeper> log)
    : Sweeping(ops, clock, log, Steps(settings))
{
    /// <summary>What goes.</summary>
    public static IReadOnlyList<string> Steps(Settings settings) =>
    [
        $"""
        with old as (
            select tenant, webhook, event from delivery
            where state = 'delivered' and tried_at < now() - interval '{settings.KeepDeliveriesDays} days' order by tried_at limit 5000),
        tries as (delete from attempt a using old o where a.tenant = o.tenant and a.webhook = o.webhook and a.event = o.event)
        delete from delivery d using old o where d.tenant = o.tenant and d.webhook = o.webhook and d.event = o.event
        """,
        .. settings.KeepEventsDays == 0 ? Array.Empty<string>() :
        [
            $"""
            delete from event where (tenant, service, position) in (
                select tenant, service, position from event e
                where at < now() - interval '{settings.KeepEventsDays} days'
                    and not exists (select from due d where d.tenant = e.tenant and d.service = e.service and d.position = e.position) limit 5000)
            """,
        ],
    ];
}
