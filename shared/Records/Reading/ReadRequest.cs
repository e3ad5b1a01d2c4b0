using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Reading;

/// <summary>Questions about records of one type, answered together: one request where there would be one for each.</summary>
/// <param name="Parts">The questions.</param>
public sealed record ReadRequest(IReadOnlyList<ReadPart> Parts);

/// <summary>
/// One question. With <c>ids</c> alone: these records. With <c>per</c>: for each of these ids the list of records that refer to it. With <c>held</c>:
/// which of these would be seen. With none of them: a list.
/// </summary>
public sealed record ReadPart
{
    /// <summary>Which records; with <c>per</c>, whose.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>A field that refers to a record: a list for each of the ids, of the records that refer to it by this field.</summary>
    public string? Per { get; init; }

    /// <summary>A time: the records as they were then.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>True: what happened to each of these records, newest first.</summary>
    public bool History { get; init; }

    /// <summary>True: those of these records, or of the list, that are in the trash, instead of those that are not.</summary>
    public bool Trash { get; init; }

    /// <summary>Records and whose they were: those are answered, by their ids, that the caller would see if they still were.</summary>
    public IReadOnlyList<HeldRecord>? Held { get; init; }

    /// <summary>Which fields to answer with, separated by commas; all where none is named.</summary>
    public string? Fields { get; init; }

    /// <summary>Which records of a list, or of these.</summary>
    public string? Filter { get; init; }

    /// <summary>The order of a list; the newest first where none is given.</summary>
    public string? Sort { get; init; }

    /// <summary>What a list is searched for; not with <c>per</c>.</summary>
    public string? Q { get; init; }

    /// <summary>True: what is searched for is as it was typed, without slips of the finger.</summary>
    public bool AsTyped { get; init; }

    /// <summary>Where a list goes on: the <c>nextCursor</c> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many records a list has at most: 0 to 200, 50 where nothing is said.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether to count all records of a list.</summary>
    public bool Total { get; init; }

    /// <summary>Whether to say for each record of a list where the list goes on after it.</summary>
    public bool Cursors { get; init; }

    /// <summary>The time zone days of a filter begin in; UTC where nothing is said.</summary>
    public string? Zone { get; init; }

    /// <summary>What to compute from the records of a list, instead of listing them.</summary>
    public AggregateRequest? Aggregate { get; init; }
}

/// <summary>A record, and whose it is or was.</summary>
public sealed record HeldRecord(Guid Id, Guid? OwnerId, Guid? TeamId);

/// <summary>A record's id, where no more of it is told.</summary>
public sealed record RecordId(Guid Id);

/// <summary>What to compute from records: their number always, and of fields what is named.</summary>
public sealed record AggregateRequest
{
    /// <summary>Fields whose values divide the records into groups, the largest first.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Numbers and amounts to add up; amounts in different currencies have no sum.</summary>
    public IReadOnlyList<string> Sum { get; init; } = [];

    /// <summary>Numbers and amounts whose mean to take.</summary>
    public IReadOnlyList<string> Avg { get; init; } = [];

    /// <summary>Numbers, amounts, days and times of which the least is wanted.</summary>
    public IReadOnlyList<string> Min { get; init; } = [];

    /// <summary>Numbers, amounts, days and times of which the greatest is wanted.</summary>
    public IReadOnlyList<string> Max { get; init; } = [];
}

/// <summary>The answers.</summary>
/// <param name="Parts">In the order of the questions.</param>
/// <param name="Model">Which version of the model they are by: who has read another one should read it again.</param>
public sealed record ReadAnswer(IReadOnlyList<ReadAnswerPart> Parts, string Model);

/// <summary>One answer.</summary>
/// <param name="Lists">The records: one list, or with <c>per</c> one for each id that was asked for.</param>
/// <param name="Problem">Why there is none: the others are answered all the same.</param>
public sealed record ReadAnswerPart(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadList>? Lists,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ItemProblem? Problem = null);

/// <summary>A list of an answer.</summary>
/// <param name="Of">Whose it is, with <c>per</c> and <c>history</c>.</param>
/// <param name="Items">Records, entries of a history, or groups with what was computed.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for what comes next.</param>
/// <param name="Total">How many records there are, where that was asked for.</param>
/// <param name="Cursors">What to send as <c>cursor</c> for what comes after each record, where that was asked for.</param>
public sealed record ReadList(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Of, IReadOnlyList<object> Items, string? NextCursor = null,
    long? Total = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Cursors = null);

/// <summary>What was computed from some records.</summary>
/// <param name="Group">The values they have in common.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Sum">Sums by field.</param>
/// <param name="Avg">Means by field.</param>
/// <param name="Min">The least by field.</param>
/// <param name="Max">The greatest by field.</param>
public sealed record AggregateItem(
    IReadOnlyDictionary<string, JsonElement> Group, long Count, IReadOnlyDictionary<string, JsonElement> Sum,
    IReadOnlyDictionary<string, JsonElement> Avg, IReadOnlyDictionary<string, JsonElement> Min, IReadOnlyDictionary<string, JsonElement> Max);
