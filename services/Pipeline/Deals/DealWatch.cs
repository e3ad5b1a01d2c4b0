using CrmPlatform.Access;
using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// Tells of deals that stay in a stage longer than it allows, and of those whose day is past. What was told stands in the deal, so a restart neither
/// forgets nor repeats, and of two processes the second finds it there under the lock of the row.
/// </summary>
internal sealed class DealWatch(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Sessions sessions, TimeProvider clock, ILogger<DealWatch> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Stage by stage along the index of those that have been there longest; days end where the day does, in UTC.
    private static readonly string Stalled =
        $"""
        select d.tenant, d.id from stage s
        cross join lateral (
            select d.tenant, d.id from deal d
            where d.tenant = s.tenant and d.stage_id = s.id and d.status = 'open' and d.stalled_at is null and d.deleted_at is null
                and d.stage_entered_at < $1 - s.max_age_days * interval '1 day'
            order by d.stage_entered_at limit {AtOnce}) d
        where s.max_age_days is not null and s.type = 'open' and s.deleted_at is null limit {AtOnce}
        """;

    private static readonly string Overdue =
        $"""
        select tenant, id from deal
        where status = 'open' and overdue_at is null and deleted_at is null and expected_close_on < ($1 at time zone 'utc')::date
        order by expected_close_on limit {AtOnce}
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var (tenant, deal) in await Found(Stalled, stoppingToken))
                    await Tell(tenant, deal, IsStalled, stoppingToken);
                foreach (var (tenant, deal) in await Found(Overdue, stoppingToken))
                    await Tell(tenant, deal, IsOverdue, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or Refusal)
            {
                log.LogWarning(e, "Deals could not be watched; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<(Guid Tenant, Guid Deal)>> Found(string sql, CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, Guid)>();
        while (await rows.ReadAsync(cancel))
            found.Add((rows.GetGuid(0), rows.GetGuid(1)));
        return found;
    }

    private async Task Tell(Guid tenant, Guid id, Func<Session, Deal, Task> tell, CancellationToken cancel)
    {
        var cause = new Cause(new Actor(ActorKind.Platform, "pipeline", "Pipeline") { Door = "watch" }, tenant, Guid.CreateVersion7(clock.GetUtcNow()), null);
        await using var session = sessions.Begin(cause, cancel);
        if (await session.List<Deal>("id = @id and status = 'open' and deleted_at is null", new { id }, locks: true) is not [var deal])
            return;
        await tell(session, deal);
        await session.Commit();
    }

    private static async Task IsStalled(Session session, Deal deal)
    {
        if (deal.StalledAt is null && (await PipelineBook.Of(session)).Stage(deal.StageId) is { MaxAgeDays: { } days } stage
            && deal.StageEnteredAt < session.Now.AddDays(-days))
            await session.Change(deal, deal with { StalledAt = session.Now }, new DealStalled { Stage = stage.Id, MaxAgeDays = days });
    }

    private static async Task IsOverdue(Session session, Deal deal)
    {
        if (deal.OverdueAt is null && deal.ExpectedCloseOn is { } day && day < DateOnly.FromDateTime(session.Now.UtcDateTime))
            await session.Change(deal, deal with { OverdueAt = session.Now }, new DealOverdue { ExpectedCloseOn = day });
    }
}
