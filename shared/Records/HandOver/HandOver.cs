using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Jobs;

namespace CrmPlatform.Records.HandOver;

/// <summary>Gives what somebody owns to somebody else, also what is in the trash, a thousand records in a step, in the order of their ids.</summary>
internal sealed class HandOver<T>(RecordType<T> type) : Work(HandOvers.Kind, type.Name)
    where T : Record
{
    private const int InStep = 1000;

    internal override Run GoOn(Job job, Lane lane, IServiceProvider services) =>
        new Going(lane, type, job.Request.Deserialize<HandOverRequest>(Changes.Json)!);

    private sealed class Going(Lane lane, RecordType<T> type, HandOverRequest request) : Run
    {
        private Guid after = lane.Place is { ValueKind: JsonValueKind.String } place ? place.GetGuid() : default;

        public override async Task<Step> Next(Session session, CancellationToken cancel)
        {
            var records = await session.LockWhere(
                type,
                $"select {type.Columns} from {type.Table} where tenant = $1 and owner_id = $2 and id > $3 order by id limit {InStep} for update",
                session.Cause.Tenant, request.From, after);
            var outcomes = await Many.Each(
                session, records, () => Task.FromResult(Held.Of(session, type, records)),
                (record, _) => session.Write(type, record, record with { OwnerId = request.To }, null, null));
            after = records is [.., var last] ? last.Id : after;
            var refused = records.Zip(outcomes).Where(d => d.Second.Refusal is not null)
                .Select(d => new JobError(d.First.Id, null, ItemProblem.Of(d.Second.Refusal!))).ToList();
            return new Step(
                JsonSerializer.SerializeToElement(after), records.Count, records.Count - refused.Count, refused, records.Count < InStep);
        }
    }
}

/// <summary>Takes back what was handed over here after its operation had been undone elsewhere. What has been taken back already stays as it is.</summary>
internal sealed class TakeBack(string record) : Work(HandOvers.Back, record)
{
    internal override Run GoOn(Job job, Lane lane, IServiceProvider services) => new Going(job.Request.Deserialize<TakeBackRequest>(Changes.Json)!.Operation);

    private sealed class Going(Guid operation) : Run
    {
        public override async Task<Step> Next(Session session, CancellationToken cancel)
        {
            try
            {
                var undone = await Undo.Run(session, operation, keepChanged: true);
                return new Step(null, undone.Records, undone.Records, [], IsLast: true);
            }
            catch (Refusal refusal) when (refusal.Status == 404)
            {
                return new Step(null, 0, 0, [], IsLast: true); // nothing was handed over in the end
            }
        }
    }
}
