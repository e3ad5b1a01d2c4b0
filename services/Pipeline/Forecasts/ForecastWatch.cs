using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>Takes snapshots of the current month and quarter of every tenant that has deals, once a week: the first time it looks from Monday on.</summary>
internal sealed class ForecastWatch(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Sessions sessions, TimeProvider clock, ILogger<ForecastWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    // A tenant is done when it has a snapshot of this week; of two processes, the second finds it taken under the lock.
    private const string Waiting =
        """
        select distinct p.tenant from pipeline p
        where exists (select from deal d where d.tenant = p.tenant and d.deleted_at is null)
            and not exists (select from forecast_snapshot s where s.tenant = p.tenant and s.taken_on >= $1 and s.created_by ->> 'kind' = 'platform')
        limit 1000
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var tenant in await Found(stoppingToken))
                    await Take(tenant, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or Refusal)
            {
                log.LogWarning(e, "Forecasts could not be kept; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<Guid>> Found(CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await using var command = ops.CreateCommand(Waiting);
        command.Parameters.Add(new NpgsqlParameter { Value = today.AddDays(-(((int)today.DayOfWeek + 6) % 7)) });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<Guid>();
        while (await rows.ReadAsync(cancel))
            found.Add(rows.GetGuid(0));
        return found;
    }

    private async Task Take(Guid tenant, CancellationToken cancel)
    {
        var cause = new Cause(new Actor(ActorKind.Platform, "pipeline", "Pipeline") { Door = "watch" }, tenant, Guid.CreateVersion7(clock.GetUtcNow()), null);
        await using var session = sessions.Begin(cause, cancel);
        var begins = (await PipelineSettings.Of(session)).YearBegins ?? 1;
        foreach (var period in Period.Of(DateOnly.FromDateTime(session.Now.UtcDateTime), begins))
            await TakeSnapshot.Of(session, period);
        await session.Commit();
    }
}
