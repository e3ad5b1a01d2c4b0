using System.Text.Json.Nodes;
using CrmPlatform.Journal.Audit;

namespace CrmPlatform.Hosting.Operations;

/// <summary>What everybody did in all services, in the order of time.</summary>
/// <remarks>
/// Each service answers for a stretch of time, down to its cursor or to its beginning. Only what is within all stretches can be put in order: the
/// page goes down to the newest of their ends, and the next one goes on there.
/// </remarks>
internal static class WholeAudit
{
    public const string Route = "/api/v1/audit";

    /// <summary>How many entries a page has where nothing is said.</summary>
    public const int Usual = 50;

    /// <summary>The page of all services that theirs are part of.</summary>
    public static JsonObject Page(IReadOnlyList<Said> parts, int? limit)
    {
        var most = limit ?? Usual;
        var end = parts.Select(p => AuditPlace.Read(p.Body["nextCursor"]?.GetValue<string>())).OfType<AuditPlace>().Order(Newest).FirstOrDefault();
        var all = parts.SelectMany(p => p.Body["items"]!.AsArray()).Select(item => (Item: item!, Place: Of(item!)))
            .Where(e => end is null || Newest.Compare(e.Place, end) <= 0).OrderBy(e => e.Place, Newest).ToList();
        var next = all.Count > most ? all[most - 1].Place : end;
        return new()
        {
            ["items"] = new JsonArray([.. all.Take(most).Select(e => e.Item.DeepClone())]),
            ["nextCursor"] = next?.ToString(),
        };
    }

    // As the databases have it.
    private static readonly Comparer<AuditPlace> Newest = Comparer<AuditPlace>.Create(
        (a, b) => b.At.CompareTo(a.At) is not 0 and var order ? order : string.CompareOrdinal($"{b.Id}", $"{a.Id}"));

    private static AuditPlace Of(JsonNode item) => new(item["at"]!.GetValue<DateTimeOffset>(), item["id"]!.GetValue<Guid>());
}
