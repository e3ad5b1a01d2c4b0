using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Jobs;

/// <summary>
/// Writes records once more, a thousand in a step, so that their rules work out anew what follows from elsewhere: a rate, a setting. Rules know it by the
/// door, which is called like the job's kind; what comes out the same is not written.
/// </summary>
/// <param name="type">The record type.</param>
/// <param name="kind">What it is called: <c>revalue</c>.</param>
/// <param name="where">Which records, in SQL over their columns; <c>$2</c> is what they have to do with, where that was said.</param>
public sealed class Rewrite<T>(RecordType<T> type, string kind, string where) : Work(kind, type.Name)
    where T : Record
{
    private const int InStep = 1000;

    internal override Run GoOn(Job job, Lane lane, IServiceProvider services) =>
        new Going(lane, type, where, job.Request.Deserialize<RewriteRequest>(Changes.Json)!);

    private sealed class Going(Lane lane, RecordType<T> type, string where, RewriteRequest request) : Run
    {
        private Guid after = lane.Place is { ValueKind: JsonValueKind.String } place ? place.GetGuid() : default;

        public override async Task<Step> Next(Session session, CancellationToken cancel)
        {
            var records = await session.LockWhere(
                type,
                $"""
                select {type.Columns} from {type.Table} r
                where tenant = $1 and ($2::uuid is null or true) and {where} and deleted_at is null and id > $3 order by id limit {InStep} for update
                """,
                session.Cause.Tenant, request.Of ?? Guid.Empty, after);
            var changed = 0;
            var outcomes = await Many.Each(session, records, () => Task.FromResult(Held.Of(session, type, records)), async (record, _) =>
            {
                var written = await session.Write(type, record, record, null, null);
                changed += written.Version == record.Version ? 0 : 1;
                return written;
            });
            after = records is [.., var last] ? last.Id : after;
            var refused = records.Zip(outcomes).Where(d => d.Second.Refusal is not null)
                .Select(d => new JobError(d.First.Id, null, ItemProblem.Of(d.Second.Refusal!))).ToList();
            return new Step(JsonSerializer.SerializeToElement(after), records.Count, changed, refused, records.Count < InStep);
        }
    }
}

/// <summary>Asks for records to be written once more.</summary>
public static class Rewrites
{
    /// <summary>Enters the job; it is begun once the session is committed.</summary>
    public static Task<Job> Ask<T>(Session session, string kind, Guid? of = null)
        where T : Record => JobTable.Enter(session, kind, session.TypeOf<T>().Name, new RewriteRequest(of), null);
}

/// <summary>What the records have to do with.</summary>
internal sealed record RewriteRequest(Guid? Of);
