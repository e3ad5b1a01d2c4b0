using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Keeps the copies of other services' records current: the events of a run are folded per record, then one statement takes up all.
/// </summary>
internal sealed class Copies(IReadOnlyList<Copy> declared) : Projection
{
    // Whether a record is in the trash is one more value with a version; no field can have that name.
    private const string Deleted = "";

    private const string Columns = "tenant, record, id, version, fields, versions, deleted";

    private const string Told =
        """
        select @tenant as tenant, @record as record, u.id, u.version, u.fields, u.versions, coalesce(u.deleted, false) as deleted
        from unnest(@ids, @numbers, @fields::jsonb[], @versions::jsonb[], @deleted) u(id, version, fields, versions, deleted)
        """;

    // Field by field, the higher version stays. A run may hold old events beside new ones, so the row's version alone decides nothing.
    private const string Newest =
        """
        on conflict (tenant, record, id) do update set
            version = greatest(c.version, excluded.version),
            fields = c.fields || coalesce((
                select jsonb_object_agg(f.key, f.value) from jsonb_each(excluded.fields) f
                where (excluded.versions ->> f.key)::int > coalesce((c.versions ->> f.key)::int, 0)), '{}'),
            versions = c.versions || coalesce((
                select jsonb_object_agg(v.key, v.value) from jsonb_each(excluded.versions) v
                where v.value::int > coalesce((c.versions ->> v.key)::int, 0)), '{}'),
            deleted = case when (excluded.versions ->> '')::int > coalesce((c.versions ->> '')::int, 0)
                then excluded.deleted else c.deleted end
        """;

    // While copies are being rebuilt, what happens is taken up there too.
    private const string News =
        $"""
        with told as ({Told}),
             anew as (
                insert into copy_anew as c ({Columns}) select {Columns} from told
                where exists (select from replica r where r.source = @source and r.rebuild_begun is not null and r.rebuild_ended is null)
                {Newest})
        insert into copy as c ({Columns}) select {Columns} from told {Newest}
        """;

    private const string Again =
        $"""
        insert into copy_anew as c ({Columns}) select {Columns} from ({Told}) told
        where exists (select from replica r where r.source = @source and r.rebuild = @rebuild and r.rebuild_ended is null)
        {Newest}
        """;

    private readonly Dictionary<string, Copy> byRecord = declared.ToDictionary(c => c.Record, StringComparer.Ordinal);
    private readonly bool isOfEverything = declared.Contains(Copy.OfEverything);

    public override IReadOnlyList<string> Wants { get; } =
        declared.Contains(Copy.OfEverything) ? ["#"] : [.. declared.Select(c => c.Record + ".*")];

    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events)
    {
        foreach (var record in events.Where(e => !e.ChangesNothing).GroupBy(e => (e.Record, e.Rebuild)))
        {
            var copies = record.GroupBy(e => e.RecordId)
                .Select(e => Fold(isOfEverything ? Copy.OfEverything : byRecord[record.Key.Record], e)).ToArray();
            await session.Execute(record.Key.Rebuild is null ? News : Again, new
            {
                record = record.Key.Record,
                source = Copy.SourceOf(record.Key.Record),
                rebuild = record.Key.Rebuild,
                ids = copies.Select(c => c.Id).ToArray(),
                numbers = copies.Select(c => c.Version).ToArray(),
                fields = copies.Select(c => c.Fields.ToJsonString()).ToArray(),
                versions = copies.Select(c => c.Versions.ToJsonString()).ToArray(),
                deleted = copies.Select(c => c.Deleted).ToArray(),
            });
        }
    }

    private static Folded Fold(Copy copy, IGrouping<Guid, IncomingEvent> events)
    {
        var folded = new Folded(events.Key);
        foreach (var e in events.OrderBy(e => e.Version))
        {
            folded.Version = e.Version;
            foreach (var field in copy == Copy.OfEverything ? e.Changes.Keys : (IEnumerable<string>)copy.Fields)
                if (e.Changes.TryGetValue(field, out var change))
                {
                    folded.Fields[field] = change.New.ValueKind == JsonValueKind.Undefined ? null : JsonSerializer.SerializeToNode(change.New, Changes.Json);
                    folded.Versions[field] = e.Version;
                }
            if (e.Trashed is null)
                continue;
            folded.Deleted = e.Trashed;
            folded.Versions[Deleted] = e.Version;
        }
        return folded;
    }

    private sealed record Folded(Guid Id)
    {
        public int Version { get; set; }

        public JsonObject Fields { get; } = [];

        public JsonObject Versions { get; } = [];

        public bool? Deleted { get; set; }
    }
}
