using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;

namespace CrmPlatform.Activities.Timeline;

/// <summary>One line of the timeline, written once per version of the record it is about; a change that is several things to people is several lines.</summary>
/// <param name="What">What happened, in a word.</param>
internal sealed record TimelineEntry(string What)
{
    /// <summary>The fields that changed.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>What is to be said with it, by name: <c>from</c>, <c>to</c>, <c>reason</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Facts { get; init; }

    /// <summary>Writes the one line that an event is.</summary>
    public static ValueTask Add(Session session, RecordEvent happened, DateTimeOffset at, string what, object? facts = null) => Add(
        session, happened, at,
        new TimelineEntry(what) { Fields = happened.Changes?.Keys.ToArray() ?? [], Facts = facts is null ? null : Named(facts) });

    /// <summary>Writes the lines that an event is.</summary>
    public static async ValueTask Add(Session session, RecordEvent happened, DateTimeOffset at, params IReadOnlyList<TimelineEntry> lines)
    {
        var type = happened.GetType().GetCustomAttribute<EventAttribute>()!.Type;
        for (var line = 0; line < lines.Count; line++)
            await session.Execute(
                """
                insert into timeline (tenant, record, record_id, version, line, at, what, fields, facts, actor)
                values (@tenant, @record, @id, @version, @line, @at, @what, @fields, @facts::jsonb, @actor) on conflict do nothing
                """,
                new
                {
                    record = type[..type.LastIndexOf('.')],
                    id = happened.Id,
                    version = happened.Version,
                    line = (short)line,
                    at,
                    what = lines[line].What,
                    fields = lines[line].Fields,
                    facts = lines[line].Facts is { } facts ? JsonSerializer.Serialize(facts, Changes.Json) : null,
                    actor = session.Cause.Actor.Name,
                });
    }

    /// <summary>A change of one field that has a word of its own, with what it was and is.</summary>
    public static TimelineEntry Of(string what, string field, FieldChange change) => new(what)
    {
        Fields = [field],
        Facts = new Dictionary<string, JsonElement> { ["from"] = change.Old, ["to"] = change.New },
    };

    private static Dictionary<string, JsonElement> Named(object facts) =>
        JsonSerializer.SerializeToElement(facts, facts.GetType(), Changes.Json).EnumerateObject()
            .Where(f => f.Value.ValueKind != JsonValueKind.Null).ToDictionary(f => f.Name, f => f.Value);
}
