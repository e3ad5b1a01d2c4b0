using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Database;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.Calls;

/// <summary>Forgets what programs asked long ago, and of each tenant what is beyond the newest.</summary>
internal sealed class CallSweeper(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Settings settings, TimeProvider clock, ILogger<CallSweeper> log)
    : Sweeping(ops, clock, log, Steps(settings))
{
    /// <summary>What goes.</summary>
    public static IReadOnlyList<string> Steps(Settings settings) =>
    [
        $"""
        delete from call where (tenant, id) in (
            select tenant, id from call where at < now() - interval '{settings.KeepCallsDays} days' limit 5000)
        """,
        $"""
        delete from call where (tenant, id) in (
            select c.tenant, c.id from (select distinct tenant from call_usage where day > current_date - {settings.KeepCallsDays + 2}) t,
                lateral (select id from call where tenant = t.tenant order by id desc offset {settings.KeepCalls} limit 1) newest,
                lateral (select tenant, id from call where tenant = t.tenant and id <= newest.id limit 5000) c limit 5000)
        """,
        "delete from call_usage where day < current_date - 400",
        "delete from call_batch where at < now() - interval '2 days'",
    ];
}
