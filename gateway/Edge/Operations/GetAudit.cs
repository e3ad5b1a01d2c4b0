using System.Text.Json.Nodes;
using CrmPlatform.Journal.Audit;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>What everybody did in all services, in the order of time.</summary>
/// <remarks>
/// Each service answers for a stretch of time, down to its cursor or to its beginning. Only what is within all stretches can be put in order: the
/// page goes down to the newest of their ends, and the next one goes on there.
/// </remarks>
internal sealed class GetAudit(Everywhere everywhere)
{
    public const string Route = "/api/v1/audit";

    private const int Usual = 50;

    public async Task Handle(HttpContext http)
    {
        if (!await everywhere.Admit(http))
            return;
        var parts = await everywhere.Ask(http, Route);
        var end = parts.Select(p => AuditPlace.Read(p.Body["nextCursor"]?.GetValue<string>())).OfType<AuditPlace>().Order(Newest).FirstOrDefault();
        var limit = int.TryParse(http.Request.Query["limit"], out var asked) ? asked : Usual;
        var all = parts.SelectMany(p => p.Body["items"]!.AsArray()).Select(item => (Item: item!, Place: Of(item!)))
            .Where(e => end is null || Newest.Compare(e.Place, end) <= 0).OrderBy(e => e.Place, Newest).ToList();
        var next = all.Count > limit ? all[limit - 1].Place : end;
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["items"] = new JsonArray([.. all.Take(limit).Select(e => e.Item.DeepClone())]),
            ["nextCursor"] = next?.ToString(),
        }, http.RequestAborted);
    }

    // As the databases have it.
    private static readonly Comparer<AuditPlace> Newest = Comparer<AuditPlace>.Create(
        (a, b) => b.At.CompareTo(a.At) is not 0 and var order ? order : string.CompareOrdinal($"{b.Id}", $"{a.Id}"));

    private static AuditPlace Of(JsonNode item) => new(item["at"]!.GetValue<DateTimeOffset>(), item["id"]!.GetValue<Guid>());
}
