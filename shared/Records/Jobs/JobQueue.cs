using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Records.Doors;
using Npgsql;

namespace CrmPlatform.Records.Jobs;

/// <summary>Jobs as workers see them: of all tenants. Of each tenant only the oldest open one is on offer, and who waited longest is first.</summary>
internal sealed class JobQueue(NpgsqlDataSource ops)
{
    private const string OnOffer =
        """
        from job j where state in ('queued', 'running') and (lease_until is null or lease_until < now())
            and not exists (select from job o where o.tenant = j.tenant and o.state in ('queued', 'running') and o.id < j.id)
        """;

    /// <summary>Takes a job, also one whose worker has not been heard of for long; null when there is nothing to do.</summary>
    public async Task<Job?> Claim(Guid lease, CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(
            $"""
            update job set lease = $1, lease_until = now() + interval '30 seconds', state = 'running', attempts = attempts + 1,
                started_at = coalesce(started_at, now())
            where (tenant, id) in (select tenant, id {OnOffer} order by turn limit 1 for update skip locked)
            returning {JobTable.Columns}
            """);
        command.Parameters.Add(new() { Value = lease });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? JobTable.Read(row) : null;
    }

    /// <summary>Whether another tenant waits for its turn.</summary>
    public async Task<bool> IsWaitedFor(CancellationToken cancel)
    {
        await using var command = ops.CreateCommand($"select exists (select {OnOffer})");
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Gives a job back, to be taken up after a pause; its tenant's next turn comes after everybody else's.</summary>
    public Task Release(Job job, Guid lease, TimeSpan pause) => Execute(
        """
        update job set lease_until = case when $4 > interval '0' then now() + $4 end, turn = now()
        where tenant = $1 and id = $2 and lease = $3 and state = 'running'
        """,
        job, lease, pause);

    /// <summary>Ends a job that cannot go on.</summary>
    public Task Fail(Job job, Guid lease, Refusal why) => Execute(
        "update job set state = 'failed', problem = $4::jsonb, ended_at = now() where tenant = $1 and id = $2 and lease = $3 and state = 'running'",
        job, lease, JsonSerializer.Serialize(ItemProblem.Of(why), Changes.Json));

    private async Task Execute(string sql, Job job, Guid lease, object value)
    {
        await using var command = ops.CreateCommand(sql);
        foreach (var parameter in (object[])[job.Tenant, job.Id, lease, value])
            command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }
}
