using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Plan;

/// <summary>
/// A list of records as a connection: of all of a type, or (by a field) of those that refer to each of the objects it is asked of. Its records, its
/// number and what is computed of it are questions of one request.
/// </summary>
internal sealed record Listed(Kept Of, string? By) : Source
{
    public const int Usual = 50;

    /// <summary>Whether it is of what is in the trash instead.</summary>
    public bool IsTrash { get; init; }

    private const int MostRecords = 10_000;

    public override IReadOnlyList<Question> Ask(Fetch fetch)
    {
        Guid[]? owners = By is null ? null : [.. fetch.Sources.Select(s => ((Row)s).Id("id")).OfType<Guid>().Distinct()];
        if (owners is [])
            return [];
        var wanted = Wanted.Of(fetch.Call, Of);
        var limit = wanted.Rows ? First(fetch.Call, Usual) : 0;
        var chunk = Math.Clamp(MostRecords / Math.Max(limit, 1), 1, Reads.MostIds);
        return
        [
            .. (owners is null ? [null] : owners.Chunk(chunk).ToArray<Guid[]?>()).SelectMany(some => Ask(wanted, limit, Part(fetch, some))),
        ];
    }

    private IEnumerable<Question> Ask(Wanted wanted, int limit, ReadPart part)
    {
        if (wanted.Rows || wanted.Total)
            yield return new(Of, part with { Fields = wanted.Columns, Limit = limit, Total = wanted.Total, Cursors = wanted.Cursors });
        foreach (var (key, request, _) in wanted.Computed)
            yield return new(Of, part with { Aggregate = request, Sort = null, Cursor = null }) { Key = key };
    }

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked)
    {
        var (wanted, isFirst) = (Wanted.Of(fetch.Call, Of), fetch.Call.Arguments.GetValueOrDefault("after") is null);
        Page Made(JsonElement list, Question question) => new(
            question.Rows(list), list.GetProperty("nextCursor").GetString(),
            list.GetProperty("total") is { ValueKind: JsonValueKind.Number } total ? total.GetInt64() : null, isFirst,
            wanted.Cursors ? [.. list.GetProperty("cursors").EnumerateArray().Select(c => c.GetString()!)] : []);

        var lists = asked.Where(q => q.Key is null).ToList();
        var (pages, failed) = By is null
            ? (lists.Where(q => q.Error is null).ToDictionary(_ => Guid.Empty, q => Made(q.Lists[0], q)),
                lists.Where(q => q.Error is not null).ToDictionary(_ => Guid.Empty, q => q.Error!))
            : Reads.ByOwner(lists, Made);
        for (var i = 0; i < fetch.Sources.Count; i++)
        {
            var key = By is null ? Guid.Empty : ((Row)fetch.Sources[i]).Id("id") ?? Guid.Empty;
            fetch.Values[i] = failed.TryGetValue(key, out var error) ? error : pages.GetValueOrDefault(key) ?? new Page([], null, null, isFirst, []);
        }
        Computed(fetch, wanted, asked);
    }

    public override int Most(Call call) => Wanted.Of(call, Of).Rows ? First(call, Usual) : 1;

    public override long Questions(Call call, long objects) => 1 + Wanted.Of(call, Of).Computed.Count;

    private void Computed(Fetch fetch, Wanted wanted, IReadOnlyList<Question> asked)
    {
        foreach (var (key, _, one) in wanted.Computed)
        {
            var questions = asked.Where(q => q.Key == key).ToList();
            var (found, failed) = By is null
                ? (questions.Where(q => q.Error is null).ToDictionary(_ => Guid.Empty, q => q.Lists[0].GetProperty("items")),
                    questions.Where(q => q.Error is not null).ToDictionary(_ => Guid.Empty, q => q.Error!))
                : Reads.ByOwner(questions, (list, _) => list.GetProperty("items"));
            for (var i = 0; i < fetch.Sources.Count; i++)
                if (fetch.Values[i] is Page page)
                {
                    var owner = By is null ? Guid.Empty : ((Row)fetch.Sources[i]).Id("id") ?? Guid.Empty;
                    page.Computed[key] = failed.TryGetValue(owner, out var error) ? error
                        : !found.TryGetValue(owner, out var items) ? Wanted.None
                        : !one ? items : items.GetArrayLength() > 0 ? items[0] : Wanted.None;
                }
        }
    }

    private ReadPart Part(Fetch fetch, Guid[]? owners)
    {
        var told = fetch.Call.Arguments;
        return new()
        {
            Ids = owners,
            Per = By,
            Trash = IsTrash,
            Filter = told.GetValueOrDefault("filter") as string,
            Sort = told.GetValueOrDefault("sort") as string,
            Q = told.GetValueOrDefault("q") as string,
            Cursor = told.GetValueOrDefault("after") as string,
            Zone = told.GetValueOrDefault("zone") as string,
        };
    }
}

/// <summary>What is asked of a connection: its records with their columns, its number, what is to be computed.</summary>
internal sealed record Wanted(bool Rows, bool Total, bool Cursors, string Columns, IReadOnlyList<(string Key, AggregateRequest Request, bool One)> Computed)
{
    /// <summary>What is computed of no records.</summary>
    public static readonly JsonElement None = JsonSerializer.SerializeToElement(
        new { group = new { }, count = 0, sum = new { }, avg = new { }, min = new { }, max = new { } });

    public static Wanted Of(Call call, Kept of)
    {
        var asked = call.Run.Known.Of("wanted", of.Type, call.Selected, () => Asked(call, of));
        return asked.Computing.Count == 0 ? asked : asked with
        {
            Computed = [.. asked.Computing.Select(s => (s.Key, Request(call, s), s.Field.Name == "aggregate"))],
        };
    }

    // Which fields of what is computed are asked for; what they are told is another's with each request.
    private IReadOnlyList<Selected> Computing { get; init; } = [];

    private static Wanted Asked(Call call, Kept of)
    {
        var (rows, total, cursors, nodes) = (false, false, false, new List<FieldNode>());
        var computing = new List<Selected>();
        foreach (var selected in call.Run.Below((ObjectType)call.Field.Type.Named, call.Selected.Nodes))
            switch (selected.Field.Name)
            {
                case "nodes":
                    (rows, nodes) = (true, [.. nodes, .. selected.Nodes]);
                    break;
                case "edges":
                    rows = true;
                    var ofEdge = call.Run.Below((ObjectType)selected.Field.Type.Named, selected.Nodes);
                    nodes.AddRange(ofEdge.Where(s => s.Field.Name == "node").SelectMany(s => s.Nodes));
                    cursors |= ofEdge.Any(s => s.Field.Name == "cursor");
                    break;
                case "pageInfo":
                    rows = true;
                    cursors |= call.Run.Below((ObjectType)selected.Field.Type.Named, selected.Nodes).Any(s => s.Field.Name == "startCursor");
                    break;
                case "totalCount":
                    total = true;
                    break;
                case "aggregate" or "groups":
                    computing.Add(selected);
                    break;
            }
        return new(rows, total, cursors, Source.Columns(call, of, nodes), []) { Computing = computing };
    }

    private static AggregateRequest Request(Call call, Selected selected)
    {
        var told = Inputs.Arguments(
            selected.Field.Arguments, selected.Nodes[0].Arguments, selected.Nodes[0], call.Run.Variables, call.Run.Document);
        var below = call.Run.Below((ObjectType)selected.Field.Type.Named, selected.Nodes);
        IReadOnlyList<string> Named(string function) =>
        [
            .. below.Where(s => s.Field.Name == function)
                .SelectMany(s => call.Run.Below((ObjectType)s.Field.Type.Named, s.Nodes)).Select(s => s.Field.Name)
                .Where(name => name != "__typename").Distinct(),
        ];
        return new()
        {
            GroupBy = [.. (told.GetValueOrDefault("by") as object?[] ?? []).Cast<string>()],
            Sum = Named("sum"),
            Avg = Named("avg"),
            Min = Named("min"),
            Max = Named("max"),
        };
    }
}
