using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Records.Doors;
using Npgsql;

namespace CrmPlatform.Records.Jobs;

/// <summary>
/// Jobs as their tenant sees them: everybody those they have asked for, because what was asked and what was refused says what is in records; those
/// of others only who may see what everybody did.
/// </summary>
internal static class JobTable
{
    internal const string Columns =
        """
        id, kind, record, state, operation, actor::text, request::text, total, done, changed, failed, errors::text, problem::text,
        created_at, started_at, ended_at, tenant, trace, place::text, attempts, roles, teams
        """;

    /// <summary>Enters a job; it is begun once the session is committed.</summary>
    public static async Task<Job> Enter(Session session, string kind, string record, object request, long? total, bool isReady = true)
    {
        var job = new Job
        {
            Id = Guid.CreateVersion7(session.Now),
            Kind = kind,
            Record = record,
            State = isReady ? JobState.Queued : JobState.Prepared,
            Operation = session.Cause.Operation,
            By = session.Cause.Actor with { Door = kind, Address = null },
            Address = session.Cause.Actor.Address,
            Request = JsonSerializer.SerializeToElement(request, request.GetType(), Changes.Json),
            Total = total,
            Errors = [],
            CreatedAt = session.Now,
        };
        await session.Execute(
            """
            insert into job (tenant, id, kind, record, state, operation, actor, roles, teams, trace, request, total, created_at)
            values (@tenant, @Id, @Kind, @Record, @State, @Operation, @Actor::jsonb, @Roles::text[], @Teams, @Trace, @Request::jsonb, @Total, @CreatedAt)
            """,
            new
            {
                job.Id,
                job.Kind,
                job.Record,
                State = Name(job.State),
                job.Operation,
                Actor = JsonSerializer.Serialize(job.By with { Address = job.Address }, Changes.Json),
                Roles = session.Cause.Roles?.ToArray(),
                Teams = session.Cause.Teams.ToArray(),
                session.Cause.Trace,
                Request = job.Request.GetRawText(),
                job.Total,
                job.CreatedAt,
            });
        return job;
    }

    public static async Task<Job> Find(Session session, string record, Guid id) =>
        (await session.Read(
            $"select {Columns} from job where tenant = $1 and record = $2 and ($3 = '' or actor ->> 'id' = $3) and id = $4", Read,
            session.Cause.Tenant, record, await Asker(session), id)).Find(_ => true) ?? throw Refusal.NotFound("job", id);

    public static async Task<JobList> Newest(Session session, string record, int limit) => new(await session.Read(
        $"select {Columns} from job where tenant = $1 and record = $2 and ($3 = '' or actor ->> 'id' = $3) order by id desc limit $4", Read,
        session.Cause.Tenant, record, await Asker(session), limit));

    /// <summary>Stops a job: at once when nobody is at it, else after the step under way.</summary>
    public static async Task<Job> Cancel(Session session, string record, Guid id)
    {
        await Find(session, record, id);
        await session.Execute(
            """
            update job set cancel = true, state = case when state = 'running' then state else 'cancelled' end,
                ended_at = case when state = 'running' then null else @now end
            where tenant = @tenant and record = @record and id = @id and state in ('prepared', 'queued', 'running')
            """,
            new { record, id, now = session.Now });
        return await Find(session, record, id);
    }

    // Whose jobs are seen; everybody's where it is nobody.
    private static async ValueTask<string> Asker(Session session) =>
        (await session.Standing()).Rights.Has(Privilege.Audit) ? "" : session.Cause.Actor.Id;

    /// <summary>Notes in the transaction of a step how far the job is. Null: somebody else has it now or it was stopped; the step must not count.</summary>
    public static async Task<JobState?> Note(Session session, Job job, Guid lease, Lane lane, Step step)
    {
        // The row is locked from here on: the shares of a job end their steps one after the other.
        var known = await session.Read(
            "select place::text, cancel from job where tenant = $1 and id = $2 and lease = $3 and state = 'running' for update",
            row => (Place: row.IsDBNull(0) ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(row.GetString(0)), Cancel: row.GetBoolean(1)),
            job.Tenant, job.Id, lease);
        if (known is not [var now])
            return null;
        var (place, isOver) = lane.After(now.Place, step);
        var state = isOver ? JobState.Done : now.Cancel ? JobState.Cancelled : JobState.Running;
        await session.Run(
            """
            update job set place = $3::jsonb, done = done + $4, changed = changed + $5, failed = failed + $6, attempts = 0,
                errors = case when jsonb_array_length(errors) < 100 then errors || $7::jsonb else errors end,
                lease_until = now() + interval '30 seconds', state = $8, ended_at = case when $8 <> 'running' then now() end
            where tenant = $1 and id = $2
            """,
            job.Tenant, job.Id, place, step.Done, step.Changed, step.Refused.Count,
            JsonSerializer.Serialize(step.Refused.Take(100), Changes.Json), Name(state));
        return state;
    }

    internal static Job Read(NpgsqlDataReader row) => Read(row, JsonSerializer.Deserialize<Actor>(row.GetString(5), Changes.Json)!);

    private static Job Read(NpgsqlDataReader row, Actor by) => new()
    {
        Id = row.GetGuid(0),
        Kind = row.GetString(1),
        Record = row.GetString(2),
        State = State(row.GetString(3)),
        Operation = row.GetGuid(4),
        By = by with { Address = null },
        Address = by.Address,
        Request = JsonSerializer.Deserialize<JsonElement>(row.GetString(6)),
        Total = row.IsDBNull(7) ? null : row.GetInt64(7),
        Done = row.GetInt64(8),
        Changed = row.GetInt64(9),
        Failed = row.GetInt64(10),
        Errors = JsonSerializer.Deserialize<List<JobError>>(row.GetString(11), Changes.Json)!,
        Problem = row.IsDBNull(12) ? null : JsonSerializer.Deserialize<ItemProblem>(row.GetString(12), Changes.Json),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(13),
        StartedAt = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        EndedAt = row.IsDBNull(15) ? null : row.GetFieldValue<DateTimeOffset>(15),
        Tenant = row.GetGuid(16),
        Trace = row.IsDBNull(17) ? null : row.GetString(17),
        Place = row.IsDBNull(18) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(18)),
        Attempts = row.GetInt32(19),
        Roles = row.IsDBNull(20) ? null : row.GetFieldValue<string[]>(20),
        Teams = row.GetFieldValue<Guid[]>(21),
    };

    private static string Name(JobState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static JobState State(string name) => Enum.Parse<JobState>(name, ignoreCase: true);
}
