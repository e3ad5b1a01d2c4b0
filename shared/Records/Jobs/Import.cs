using System.Text;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Records.Jobs;

/// <summary>Enters and changes records from the rows of a file, a thousand in a step.</summary>
internal sealed class Import<T>(RecordType<T> type) : Work(ImportFiles.Kind, type.Name)
    where T : Record
{
    private const int InStep = 1000;
    private const int MostLanes = 4;

    /// <summary>Rows that may mean the same record, or refer to one that another row enters, are dealt with in their order; others need not be.</summary>
    internal override int Lanes(Job job)
    {
        var how = job.Request.Deserialize<ImportPlan>(Changes.Json)!.How;
        var stands = how.Mapping!.Values.All(
            name => name is null || name != "id" && type.Inputs.All(input => input.Name != name) && type.References.All(reference => reference.Name != name));
        return how.Match is null && stands ? Math.Clamp(Environment.ProcessorCount, 1, MostLanes) : 1;
    }

    internal override Run GoOn(Job job, Lane lane, IServiceProvider services) => new Going(job, lane, type, services);

    private sealed class Going : Run
    {
        private readonly Job job;
        private readonly Lane lane;
        private readonly RecordType<T> type;
        private readonly ImportPlan plan;
        private readonly CustomFields customFields;
        private readonly IAsyncEnumerator<Row> rows;
        private long passed;

        public Going(Job job, Lane lane, RecordType<T> type, IServiceProvider services)
        {
            (this.job, this.lane, this.type) = (job, lane, type);
            plan = job.Request.Deserialize<ImportPlan>(Changes.Json)!;
            customFields = services.GetRequiredService<CustomFields>();
            var sessions = services.GetRequiredService<Sessions>();
            rows = ImportFiles.Rows(async () => await StoredSource.Open(sessions, job.Cause, job.Id), plan.File).GetAsyncEnumerator();
        }

        public override async Task<Step> Next(Session session, CancellationToken cancel)
        {
            // Whoever takes up a job reads again what was done, and passes over it; and over the thousands that are the others'.
            var begun = lane.Place is { ValueKind: JsonValueKind.Number } place ? place.GetInt64() : 0;
            while ((passed < begun || passed / InStep % lane.All != lane.Number) && await rows.MoveNextAsync())
                passed++;
            var thousand = (int)(passed / InStep);
            var some = new List<Row>(InStep);
            while (some.Count < InStep && await rows.MoveNextAsync())
                some.Add(rows.Current);

            var columns = Column.All(type, await session.Sight(type), (await customFields.Of(job.Tenant, cancel)).Of(type.Name)).ToDictionary(c => c.Name);
            var reader = new RowReader(type, plan, columns);
            var outcomes = await Outcomes(session, some, reader);
            var refused = some.Zip(outcomes).Where(p => p.Second.Refusal is not null).ToList();
            passed += some.Count;
            if (refused.Count > 0)
                await StoredFile.Add(session, job.Id, StoredFile.Errors, thousand, Rejected(refused));
            return new Step(
                JsonSerializer.SerializeToElement(passed), some.Count, outcomes.Count(o => o.Changed),
                [.. refused.Select(p => new JobError(null, p.First.Number, ItemProblem.Of(p.Second.Refusal!)))], some.Count < InStep);
        }

        public override async ValueTask DisposeAsync()
        {
            await rows.DisposeAsync();
            await base.DisposeAsync();
        }

        private async Task<IReadOnlyList<(Refusal? Refusal, bool Changed)>> Outcomes(Session session, List<Row> some, RowReader reader)
        {
            IReadOnlyList<Outcome> outcomes = [];
            var changed = new HashSet<Row>();
            foreach (var input in type.Inputs)
                session.Expect(input.Name, reader.Said(some, input.Name));
            async Task All() => outcomes = await Many.Each(
                session, some, async () => await reader.Find<T>(session, some),
                async (row, held) =>
                {
                    var (record, before) = await One(row, held, session, reader);
                    if (record.Version != before)
                        changed.Add(row);
                    return record;
                });

            if (!plan.How.DryRun)
                await All();
            else
            {
                await session.Rehearse();
                await session.Try(async () =>
                {
                    await session.Rehearse();
                    await All();
                    throw new Refusal(409, "dry_run", "Only tried.");
                });
            }
            return [.. some.Zip(outcomes, (row, outcome) => (outcome.Refusal, outcome.Refusal is null && changed.Contains(row)))];
        }

        private async Task<(Record Record, int Before)> One(Row row, Held held, Session session, RowReader reader)
        {
            var fields = reader.Fields(row);
            var found = await reader.Found<T>(row, held);
            if (found is not null && plan.How.Mode == ImportMode.Create)
                throw new Refusal(409, "duplicate", "There is such a record already, and only new ones were asked for.");
            if (found is null && plan.How.Mode == ImportMode.Update)
                throw new Refusal(404, "not_found", "There is no such record, and no new ones were asked for.");
            if (found is null)
            {
                RowReader.Gather(fields, null);
                var id = fields.Remove("id", out var given) ? RowReader.Id(given) : default;
                var made = held.Now(await session.Create(RowReader.Nested(fields), (T)type.Blank(id)));
                reader.Entered(row, made.Id, held);
                return (made, 0);
            }
            fields.Remove("id");
            foreach (var name in plan.How.OnlyIfEmpty)
                if (MatchKey.System(name) is { } system ? found.ExternalIds.Any(e => e.System == system) : !IsEmpty(type.Value(found, name)))
                    fields.Remove(name);
            RowReader.Gather(fields, found);
            return (held.Now(await session.Edit(found, RowReader.Nested(fields))), found.Version);
        }

        private static bool IsEmpty(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.String => value.GetString()!.Length == 0,
            _ => false,
        };

        private byte[] Rejected(IEnumerable<(Row Row, (Refusal? Refusal, bool) Outcome)> refused)
        {
            var text = new StringBuilder();
            foreach (var (row, (refusal, _)) in refused)
            {
                var why = refusal!.Errors.Count == 0 ? refusal.Message
                    : string.Join(" ", refusal.Errors.Select(e => $"{e.Key}: {string.Join(" ", e.Value)}"));
                ImportFiles.Reject(text, plan.File, row, plan.Headers.Count, why);
            }
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }
}
