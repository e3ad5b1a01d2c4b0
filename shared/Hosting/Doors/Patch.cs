using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Doors;

/// <summary>Fields of a record to change (JSON merge patch): what is not sent stays, <c>null</c> empties.</summary>
public sealed class Patch<T> : Dictionary<string, JsonElement>
    where T : Record;

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
