using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Records.Model;
using CrmPlatform.Records.Reading;

namespace CrmPlatform.Graph.Plan;

/// <summary>A record of an answer.</summary>
/// <param name="Of">What it is.</param>
/// <param name="Json">Its fields, as the service that keeps it shows them to the caller.</param>
internal sealed record Row(Kept Of, JsonElement Json)
{
    public Guid? Id(string field) =>
        Json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : null;
}

/// <summary>A record type as the graph has it.</summary>
/// <param name="Model">What its service says of it.</param>
/// <param name="Type">Its type.</param>
internal sealed record Kept(RecordModel Model, ObjectType Type);

/// <summary>A page of a list.</summary>
/// <param name="Rows">Its records.</param>
/// <param name="Next">Where the next begins.</param>
/// <param name="Total">How many records the list has, where that is asked.</param>
/// <param name="IsFirst">Whether nothing comes before it.</param>
/// <param name="Cursors">Where the list goes on after each record, where that is asked.</param>
internal sealed record Page(IReadOnlyList<Row> Rows, string? Next, long? Total, bool IsFirst, IReadOnlyList<string> Cursors)
{
    /// <summary>What was computed of the list, by what it is called in the answer: groups, or why there are none.</summary>
    public Dictionary<string, object> Computed { get; } = [];
}

/// <summary>What is asked of a service about one record type; everything asked of it on a level goes there at once.</summary>
internal sealed class Question(Kept of, ReadPart part)
{
    public Kept Of { get; } = of;

    public ReadPart Part { get; } = part;

    /// <summary>Which of a field's questions it is, where it has several.</summary>
    public string? Key { get; init; }

    /// <summary>The lists it was answered with.</summary>
    public JsonElement Lists { get; set; }

    /// <summary>Why it was not answered.</summary>
    public GraphError? Error { get; set; }

    /// <summary>The records of a list.</summary>
    public IReadOnlyList<Row> Rows(JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(item => new Row(Of, item))];
}

/// <summary>Where the answers of a field come from, and what they may come to.</summary>
internal abstract record Asking
{
    /// <summary>How many records one object's answer may have.</summary>
    public virtual int Most(Call call) => 1;

    /// <summary>How many questions it asks for so many objects.</summary>
    public virtual long Questions(Call call, long objects) => 1;
}

/// <summary>Answers that come from other doors than those to records.</summary>
internal abstract record Elsewhere : Asking
{
    /// <summary>Asks for all objects.</summary>
    public abstract Task Do(Fetch fetch, Levels levels, CancellationToken cancel);
}

/// <summary>Answers that come from records: what is asked for all objects of a level together, and how the answers are dealt out.</summary>
internal abstract record Source : Asking
{
    /// <summary>What has to be asked.</summary>
    public abstract IReadOnlyList<Question> Ask(Fetch fetch);

    /// <summary>What has to be asked instead, now that the first answers are there; nothing for most.</summary>
    public virtual IReadOnlyList<Question> Instead(Fetch fetch, IReadOnlyList<Question> asked) => [];

    /// <summary>Deals out the answers: by key, never by position.</summary>
    public abstract void Settle(Fetch fetch, IReadOnlyList<Question> asked);

    /// <summary>How many were asked for.</summary>
    public static int First(Call call, int usual) => call.Arguments.GetValueOrDefault("first") as int? ?? usual;

    /// <summary>The columns that are asked for below a field, for its service.</summary>
    public static string Columns(Call call, Kept of, IReadOnlyList<FieldNode> nodes) => call.Run.Known.Of("columns", of.Type, nodes, () => string.Join(
        ',', call.Run.Below(of.Type, nodes).Select(s => (s.Field.Fetched as IColumn)?.Column).OfType<string>().Prepend("id").Distinct()));
}

/// <summary>Something that needs a column of its record.</summary>
internal interface IColumn
{
    /// <summary>The column.</summary>
    string? Column { get; }
}

/// <summary>A field that is read from its record's column.</summary>
internal sealed record InColumn(string? Column) : IColumn;
