using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Records.Jobs;

/// <summary>One change of many records: those of a filter, or those named.</summary>
public sealed record BulkEditRequest<T>
    where T : Record
{
    /// <summary>Which records.</summary>
    public string? Filter { get; init; }

    /// <summary>Or exactly these: up to 10,000.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>The time zone days begin in.</summary>
    public string? Zone { get; init; }

    /// <summary>The fields to set, each to the same value everywhere; <c>null</c> empties.</summary>
    public Doors.Patch<T>? Set { get; init; }

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<string>? AddTags { get; init; }

    /// <summary>Tags to take away.</summary>
    public IReadOnlyList<string>? RemoveTags { get; init; }

    /// <summary>Puts them into the trash.</summary>
    public bool Delete { get; init; }

    /// <summary>Takes them out of the trash; the filter is asked of the trash.</summary>
    public bool Restore { get; init; }

    /// <summary>Only says how many there are.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How many records a bulk edit would reach.</summary>
public sealed record BulkEditCount(long Count);

/// <summary>Changes many records, a thousand in a step, in the order of their ids.</summary>
internal sealed class BulkEdit<T>(RecordType<T> type) : Work(Name, type.Name)
    where T : Record
{
    public const string Name = "bulk-edit";
    private const int InStep = 1000;
    private const int InStretch = 100_000;
    private const int MostIds = 10_000;

    /// <summary>Refuses what no record could take; else says how many there are, or enters the job.</summary>
    public static async Task<(long Count, Job? Job)> Ask(BulkEditRequest<T> request, Session session, Shapes shapes, CancellationToken cancel)
    {
        var type = session.TypeOf<T>();
        await session.Demand(Privilege.BulkEdit);
        if (request.Filter is null == request.Ids is null)
            throw Refusal.Invalid("filter", "Which records? Send a filter (an empty one means all), or ids.");
        if (request.Ids?.Count > MostIds)
            throw Refusal.Invalid("ids", $"At most {MostIds} ids; use a filter for more.");
        var edits = request.Set is { Count: > 0 } || request.AddTags is { Count: > 0 } || request.RemoveTags is { Count: > 0 };
        if (new[] { edits, request.Delete, request.Restore }.Count(asked => asked) != 1)
            throw Refusal.Invalid("set", "What shall be done? Set fields or change tags, or delete, or restore: one of them.");
        if (request.Set is { Count: > 0 } set)
            await session.Check<T>(set);
        if (request.AddTags is { Count: > 0 } tags)
            await session.Check<T>(new Dictionary<string, JsonElement> { ["tags"] = JsonSerializer.SerializeToElement(tags) });

        var which = await Which(request, session, shapes, session.Now, type, cancel);
        var count = (await session.Read($"select count(*) from {type.Table} r where {which.Where}", row => row.GetInt64(0), [.. which.Values]))[0];
        return request.DryRun ? (count, null) : (count, await JobTable.Enter(session, Name, type.Name, request, count));
    }

    internal override Run GoOn(Job job, Lane lane, IServiceProvider services) =>
        new Going(job, lane, type, job.Request.Deserialize<BulkEditRequest<T>>(Changes.Json)!, services.GetRequiredService<Shapes>());

    // What came to be after the job was asked for is not meant, nor what the one who asked may not change.
    private static async Task<(string Where, List<object> Values)> Which(
        BulkEditRequest<T> request, Session session, Shapes shapes, DateTimeOffset at, RecordType type, CancellationToken cancel)
    {
        var values = new List<object> { session.Cause.Tenant, at };
        var where = $"r.tenant = $1 and r.created_at <= $2 and r.deleted_at is {(request.Restore ? "not null" : "null")}"
            + (await session.Reach(type, DeedOf(request))).And();
        if (request.Ids is { } ids)
        {
            values.Add(ids.ToArray());
            return (where + " and r.id = any($3)", values);
        }
        var shape = await shapes.Of(type, session, cancel);
        if (Asked.Filter(request.Filter, shape)?.ToSql(await Asked.Context(session, request.Zone) with { Now = at }, new("r", 3)) is not { } sql)
            return (where, values);
        values.AddRange(sql.Parameters);
        return ($"{where} and ({sql.Text})", values);
    }

    private static Deed DeedOf(BulkEditRequest<T> request) => request.Delete || request.Restore ? Deed.Delete : Deed.Update;

    private sealed class Going(Job job, Lane lane, RecordType<T> type, BulkEditRequest<T> request, Shapes shapes) : Run
    {
        // Looked for in stretches, so that a filter that hits few of many records is not asked for each step.
        private readonly Queue<Guid> ahead = [];
        private Guid after = lane.Place is { ValueKind: JsonValueKind.String } place ? place.GetGuid() : default;
        private bool isEnd;

        public override async Task<Step> Next(Session session, CancellationToken cancel)
        {
            var which = await Which(request, session, shapes, job.CreatedAt, type, cancel);
            var (more, ids) = ($"${which.Values.Count + 1}", new List<Guid>(InStep));
            if (ahead.Count == 0)
                await LookAhead(
                    session, $"select r.id from {type.Table} r where {which.Where} and r.id > {more} order by r.id limit {InStretch}", which.Values);
            while (ids.Count < InStep && ahead.TryDequeue(out var id))
                ids.Add(id);
            var records = await session.LockWhere(
                type, $"select {type.Columns} from {type.Table} r where {which.Where} and r.id = any({more}) order by r.id for update of r",
                [.. which.Values, ids.ToArray()]);
            var outcomes = await Many.Each(
                session, records, () => Task.FromResult(Held.Of(session, type, records)), (record, held) => One(record.Id, held, session));
            after = ids.Count > 0 ? ids[^1] : after;
            var done = records.Zip(outcomes, (was, outcome) => (Was: was, outcome.Record, outcome.Refusal)).ToList();
            return new Step(
                JsonSerializer.SerializeToElement(after), done.Count, done.Count(d => d.Record is { } now && now.Version != d.Was.Version),
                [.. done.Where(d => d.Refusal is not null).Select(d => new JobError(d.Was.Id, null, Doors.ItemProblem.Of(d.Refusal!)))],
                isEnd && ahead.Count == 0);
        }

        private async Task LookAhead(Session session, string sql, List<object> values)
        {
            foreach (var id in await session.Read(sql, row => row.GetGuid(0), [.. values, after]))
                ahead.Enqueue(id);
            isEnd = ahead.Count < InStretch;
        }

        private async Task<Record> One(Guid id, Held held, Session session)
        {
            var record = await held.Lock<T>(id, DeedOf(request), trashed: request.Restore);
            if (request.Restore)
                return await session.Restore(record);
            if (request.Delete)
                return await session.Write(type, record, record with { DeletedAt = session.Now }, null, null);
            return await session.Edit(record, Fields(record));
        }

        private IReadOnlyDictionary<string, JsonElement> Fields(T record)
        {
            var set = request.Set ?? [];
            if (request.AddTags is null && request.RemoveTags is null)
                return set;
            var now = set.TryGetValue("tags", out var given) ? given.Deserialize<string[]>()! : record.Tags;
            return new Dictionary<string, JsonElement>(set)
            {
                ["tags"] = JsonSerializer.SerializeToElement(now.Except(request.RemoveTags ?? []).Union(request.AddTags ?? [])),
            };
        }
    }
}
