using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Plan;

/// <summary>The record that a field refers to: <c>account</c> of a contact.</summary>
internal sealed record Referred(Kept To, string Column) : Source, IColumn
{
    public override IReadOnlyList<Question> Ask(Fetch fetch)
    {
        Guid[] ids = [.. fetch.Sources.Select(s => ((Row)s).Id(Column)).OfType<Guid>().Distinct()];
        var columns = Columns(fetch.Call, To, fetch.Call.Selected.Nodes);
        return columns == "id" ? [] // what is known already is not asked
            : [.. ids.Chunk(Reads.MostIds).Select(some => new Question(To, new() { Ids = some, Fields = columns }))];
    }

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked)
    {
        var isKnown = Columns(fetch.Call, To, fetch.Call.Selected.Nodes) == "id";
        var (found, failed) = Reads.ByKey(asked);
        for (var i = 0; i < fetch.Sources.Count; i++)
            fetch.Values[i] = ((Row)fetch.Sources[i]).Id(Column) is not { } id ? null
                : isKnown ? new Row(To, JsonSerializer.SerializeToElement(new { id }))
                : failed.TryGetValue(id, out var error) ? error : found.GetValueOrDefault(id);
    }
}

/// <summary>A record by its id, as it is or as it was.</summary>
internal sealed record ById(Kept Of) : Source
{
    public override IReadOnlyList<Question> Ask(Fetch fetch)
    {
        var (told, columns) = (fetch.Call.Arguments, Columns(fetch.Call, Of, fetch.Call.Selected.Nodes));
        return !Guid.TryParse((string)told["id"]!, out var id) ? []
            : [new(Of, new() { Ids = [id], AsOf = told.GetValueOrDefault("asOf") as DateTimeOffset?, Fields = columns })];
    }

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked) => Reads.First(fetch, asked);
}

/// <summary>A record of any type by its id: every type is asked, at once.</summary>
internal sealed record AnyById(IReadOnlyList<Kept> All) : Source
{
    public override IReadOnlyList<Question> Ask(Fetch fetch) => !Guid.TryParse((string)fetch.Call.Arguments["id"]!, out var id) ? []
        : [.. All.Select(of => new Question(of, new() { Ids = [id], Fields = Columns(fetch.Call, of, fetch.Call.Selected.Nodes) }))];

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked) => Reads.First(fetch, asked);

    public override long Questions(Call call, long objects) => All.Count;
}

/// <summary>
/// What is found in records of all types: the best of each type first, then the next best. Slips of the finger are looked for where nothing
/// at all is found as it was typed.
/// </summary>
internal sealed record Found(IReadOnlyList<Kept> All) : Source
{
    public const int Usual = 20;

    public override IReadOnlyList<Question> Ask(Fetch fetch) => Ask(fetch, asTyped: true);

    public override IReadOnlyList<Question> Instead(Fetch fetch, IReadOnlyList<Question> asked) =>
        asked.Any(q => q.Error is null) && asked.All(q => q.Error is not null || q.Rows(q.Lists[0]).Count == 0) ? Ask(fetch, asTyped: false) : [];

    private IReadOnlyList<Question> Ask(Fetch fetch, bool asTyped)
    {
        var told = fetch.Call.Arguments;
        var only = (told.GetValueOrDefault("types") as object?[])?.Cast<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. All.Where(of => only?.Contains(of.Type.Name) is not false).Select(of => new Question(of, new()
            {
                Q = (string)told["q"]!,
                AsTyped = asTyped,
                Limit = First(fetch.Call, Usual),
                Fields = Columns(fetch.Call, of, fetch.Call.Selected.Nodes),
            })),
        ];
    }

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked)
    {
        if (asked.Count > 0 && asked.All(q => q.Error is not null))
        {
            fetch.Fail(asked[0].Error!);
            return;
        }
        var lists = asked.Where(q => q.Error is null).Select(q => q.Rows(q.Lists[0])).ToList();
        var most = lists.Select(l => l.Count).DefaultIfEmpty(0).Max();
        fetch.Values[0] = Enumerable.Range(0, most).SelectMany(i => lists.Where(l => i < l.Count).Select(l => l[i]))
            .Take(First(fetch.Call, Usual)).ToList();
    }

    public override long Questions(Call call, long objects) => All.Count;

    public override int Most(Call call) => First(call, Usual);
}

/// <summary>What happened to a record.</summary>
internal sealed record HistoryOf(Kept Of) : Source
{
    public const int Usual = 20;

    public override IReadOnlyList<Question> Ask(Fetch fetch) =>
    [
        .. fetch.Sources.Select(s => ((Row)s).Id("id")).OfType<Guid>().Distinct().Chunk(Reads.MostThen).Select(some =>
            new Question(Of, new() { Ids = some, History = true, Limit = First(fetch.Call, Usual) })),
    ];

    public override void Settle(Fetch fetch, IReadOnlyList<Question> asked)
    {
        var (found, failed) = Reads.ByOwner(asked, (list, _) => list.GetProperty("items"));
        for (var i = 0; i < fetch.Sources.Count; i++)
            fetch.Values[i] = ((Row)fetch.Sources[i]).Id("id") is not { } id ? null
                : failed.TryGetValue(id, out var error) ? error : found.TryGetValue(id, out var entries) ? entries : null;
    }

    public override int Most(Call call) => First(call, Usual);
}

/// <summary>Deals out answers by their keys.</summary>
internal static class Reads
{
    public const int MostIds = 1000;
    public const int MostThen = 100;

    /// <summary>Records by their own ids, and errors by the ids they were asked for.</summary>
    public static (Dictionary<Guid, Row> Found, Dictionary<Guid, GraphError> Failed) ByKey(IReadOnlyList<Question> asked)
    {
        var (found, failed) = (new Dictionary<Guid, Row>(), new Dictionary<Guid, GraphError>());
        foreach (var question in asked)
            if (question.Error is { } error)
                foreach (var id in question.Part.Ids ?? [])
                    failed[id] = error;
            else
                foreach (var row in question.Rows(question.Lists[0]))
                    found[row.Id("id")!.Value] = row;
        return (found, failed);
    }

    /// <summary>Lists by whose they are, and errors by the ids they were asked for.</summary>
    public static (Dictionary<Guid, T> Found, Dictionary<Guid, GraphError> Failed) ByOwner<T>(
        IReadOnlyList<Question> asked, Func<JsonElement, Question, T> made)
    {
        var (found, failed) = (new Dictionary<Guid, T>(), new Dictionary<Guid, GraphError>());
        foreach (var question in asked)
            if (question.Error is { } error)
                foreach (var id in question.Part.Ids ?? [])
                    failed[id] = error;
            else
                foreach (var list in question.Lists.EnumerateArray())
                    found[list.GetProperty("of").GetGuid()] = made(list, question);
        return (found, failed);
    }

    /// <summary>The record that one of the questions found; an error only where nothing was found and somebody could not be asked.</summary>
    public static void First(Fetch fetch, IReadOnlyList<Question> asked)
    {
        var rows = asked.Where(q => q.Error is null).SelectMany(q => q.Rows(q.Lists[0]));
        Array.Fill(fetch.Values, rows.FirstOrDefault() as object ?? asked.FirstOrDefault(q => q.Error is not null)?.Error);
    }
}
