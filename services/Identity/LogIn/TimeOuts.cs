using CrmPlatform.Hosting;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.LogIn;

/// <summary>Ends sign-ins that nobody uses any more or that have lasted long enough, and forgets old attempts, devices, links and mail.</summary>
internal sealed class TimeOuts(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, PageSessions sessions, Settings settings, LogInMetrics metrics, TimeProvider clock,
    ILogger<TimeOuts> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private static readonly string[] Forgotten =
    [
        "delete from attempt where at < now() - interval '1 day'",
        "delete from device where seen_at < now() - interval '400 days'",
        "delete from link where ends_at < now() - interval '1 day'",
        "delete from mail where made_at < now() - interval '30 days'",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var (tenant, ids) in await TimedOut(stoppingToken))
                    await End(tenant, ids, stoppingToken);
                foreach (var step in Forgotten)
                {
                    await using var command = ops.CreateCommand(step);
                    await command.ExecuteNonQueryAsync(stoppingToken);
                }
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "Sign-ins cannot be looked through; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task End(Guid tenant, Guid[] ids, CancellationToken stop)
    {
        await using var session = sessions.Begin(tenant, stop);
        await LogIns.End(session, ids, "timedOut");
        await session.Commit();
        metrics.Ended("timedOut", ids.Length);
    }

    private async Task<List<(Guid Tenant, Guid[] Ids)>> TimedOut(CancellationToken stop)
    {
        await using var command = ops.CreateCommand(
            "select tenant, array_agg(id) from (select tenant, id from sign_in_secret where seen_at < @idle or ends_at < @now limit 1000) s group by tenant");
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("idle", clock.GetUtcNow() - settings.IdleSignIn);
        await using var row = await command.ExecuteReaderAsync(stop);
        var found = new List<(Guid, Guid[])>();
        while (await row.ReadAsync(stop))
            found.Add((row.GetGuid(0), row.GetFieldValue<Guid[]>(1)));
        return found;
    }
}
