using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Doors;

/// <summary>Fields of a new record.</summary>
public sealed class Draft<T> : Dictionary<string, JsonElement>
    where T : Record;

/// <summary>
/// Fields of a record to change (JSON merge patch): what is not sent stays, <c>null</c> empties. With <c>$base</c>, the values the caller saw, a
/// field that somebody else has changed meanwhile is reported instead of overwritten.
/// </summary>
public sealed class Patch<T> : Dictionary<string, JsonElement>
    where T : Record;

/// <summary>The same field changed by two: what the caller saw, what the caller wants, what it is now.</summary>
public sealed record EditConflict(string Field, JsonElement Base, JsonElement Yours, JsonElement Now);

/// <summary>The condition "only if it is still the version I saw".</summary>
public static class IfMatch
{
    /// <summary>Refuses with 412 when the record has moved on.</summary>
    public static void Check(string? ifMatch, Record record)
    {
        if (ifMatch is null or "*" || ifMatch.Split(',', StringSplitOptions.TrimEntries).Contains($"\"{record.Version}\""))
            return;
        throw new Refusal(412, "stale", $"The record has changed: it is at version {record.Version} now.");
    }
}

/// <summary>Edits with the values their writers saw.</summary>
internal static class Edit
{
    public const string Base = "$base";

    /// <summary>The fields to write, once it is sure that nobody else has changed one of them to something else.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, JsonElement>> Checked<T>(Session session, T now, Dictionary<string, JsonElement> sent)
        where T : Record
    {
        if (!sent.Remove(Base, out var seen))
            return sent;
        if (seen.ValueKind != JsonValueKind.Object)
            throw Refusal.Invalid(Base, "$base is an object with the values you saw, by field.");
        var type = session.TypeOf<T>();
        var (wanted, sight) = (Flat(sent).ToDictionary(), await session.Sight(type));
        var conflicts = new List<EditConflict>();
        foreach (var (name, was) in Flat(seen.EnumerateObject().ToDictionary(p => p.Name, p => p.Value)))
            if (sight.Shows(name) && wanted.TryGetValue(name, out var mine) && type.Value(now, name) is var value
                && !type.Same(name, value, was) && !type.Same(name, value, mine))
                conflicts.Add(new EditConflict(name, was, mine, value));
        return conflicts.Count == 0 ? sent
            : throw new Refusal(409, "conflict", "Somebody else has changed the same fields; nothing was changed.")
            {
                Facts = new Dictionary<string, object?> { ["conflicts"] = conflicts, ["version"] = now.Version },
            };
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Flat(IEnumerable<KeyValuePair<string, JsonElement>> fields) =>
        fields.SelectMany(f => f.Key == RecordType.Custom && f.Value.ValueKind == JsonValueKind.Object
            ? f.Value.EnumerateObject().Select(own => KeyValuePair.Create(RecordType.Own(own.Name), own.Value)) : [f]);
}
