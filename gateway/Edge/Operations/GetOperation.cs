using System.Text.Json.Nodes;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>What one operation did in all services.</summary>
internal sealed class GetOperation(Everywhere everywhere)
{
    public const string Route = "/api/v1/operations/{id:guid}";

    private const string Published = "/api/v1/operations/{id}";

    public async Task Handle(HttpContext http, Guid id)
    {
        if (!await everywhere.Admit(http))
            return;
        var parts = await everywhere.Ask(http, everywhere.Publishers(Published),
            () => new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/operations/{id}", UriKind.Relative)));
        if (parts.Count == 0)
            throw Refusal.NotFound("operation", id);

        // It began where it began first; who did it is the same everywhere.
        var first = parts.MinBy(p => p.Body["at"]!.GetValue<DateTimeOffset>())!.Body.DeepClone().AsObject();
        first["entries"] = parts.Sum(p => p.Body["entries"]!.GetValue<int>());
        var records = new JsonObject();
        foreach (var (record, count) in parts.SelectMany(p => p.Body["records"]!.AsObject()))
            records[record] = (records[record]?.GetValue<int>() ?? 0) + count!.GetValue<int>();
        first["records"] = records;
        await http.Response.WriteAsJsonAsync(first, http.RequestAborted);
    }
}
