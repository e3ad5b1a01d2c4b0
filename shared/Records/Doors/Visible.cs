using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Doors;

/// <summary>What of a record is shown: all of it, or the fields the caller names.</summary>
internal static class Visible
{
    private static readonly string[] Always = ["id", "version", Sights.Masked];

    /// <summary>The names to show, or null for all.</summary>
    public static HashSet<string>? Fields(RecordType type, Sight sight, string? asked)
    {
        if (string.IsNullOrWhiteSpace(asked))
            return null;
        var names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
            if (type.Find(name) is null && !RecordType.Platform.Contains(name) || !sight.Knows(name))
                throw Refusal.Invalid("fields", $"A {type.Name} has no field {name}.");
        return [.. Always, .. names];
    }

    /// <summary>Records with these fields alone, written as the caller may see them.</summary>
    public static IEnumerable<object> Of(IReadOnlyList<Record> records, HashSet<string>? fields, JsonSerializerOptions json)
    {
        if (fields is null || records.Count == 0)
            return records;
        JsonPropertyInfo[] shown = [.. json.GetTypeInfo(records[0].GetType()).Properties.Where(p => p.Get is not null && fields.Contains(p.Name))];
        return records.Select(record => new ShownRecord(record, shown, json));
    }
}
