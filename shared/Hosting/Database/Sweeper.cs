using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Hosting.Database;

/// <summary>Forgets what has served its time: answers kept for repeated requests, which events were applied, what was revoked, jobs with their files.</summary>
internal sealed class Sweeper(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Settings settings, TimeProvider clock, ILogger<Sweeper> log)
    : Sweeping(ops, clock, log, Steps(settings))
{
    // An event can be told again from the stream for 7 days; the inbox remembers longer.
    private static string[] Steps(Settings settings) =>
    [
        """
        delete from idempotency where (tenant, key) in (
            select tenant, key from idempotency where at < now() - interval '3 days' order by at limit 5000)
        """,
        "delete from inbox where id in (select id from inbox where at < now() - interval '30 days' order by at limit 5000)",
        $"""
        delete from revoked where (tenant, source) in (
            select tenant, source from revoked where heard < now() - interval '{Revocations.Kept.TotalMinutes} minutes' limit 5000)
        """,
        $"""
        delete from job where (tenant, id) in (
            select tenant, id from job
            where state in ('prepared', 'done', 'failed', 'cancelled') and coalesce(ended_at, created_at) < now() - interval '{settings.KeepJobsDays} days'
            order by created_at limit 20)
        """,
    ];
}
