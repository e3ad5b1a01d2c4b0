using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Doors;

/// <summary>What of a record is shown: all of it, or the fields the caller names.</summary>
internal static class Visible
{
    private static readonly string[] Always = ["id", "version"];

    /// <summary>The names to show, or null for all.</summary>
    public static HashSet<string>? Fields(RecordType type, string? asked)
    {
        if (string.IsNullOrWhiteSpace(asked))
            return null;
        var names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
            if (type.Find(name) is null && !RecordType.Platform.Contains(name))
                throw Refusal.Invalid("fields", $"A {type.Name} has no field {name}.");
        return [.. Always, .. names];
    }

    public static object Of(Record record, HashSet<string>? fields)
    {
        if (fields is null)
            return record;
        var all = JsonSerializer.SerializeToNode(record, record.GetType(), Changes.Json)!.AsObject();
        foreach (var hidden in all.Select(p => p.Key).Where(k => !fields.Contains(k)).ToList())
            all.Remove(hidden);
        return all;
    }
}
