using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>The record types of all services, as one model.</summary>
internal sealed class GetModel(Everywhere everywhere)
{
    public const string Route = "/api/v1/model";

    public async Task Handle(HttpContext http)
    {
        if (!await everywhere.Admit(http))
            return;
        var parts = await everywhere.Ask(http, everywhere.Publishers(Route),
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(Route, UriKind.Relative)));
        var records = new JsonArray([.. parts.SelectMany(p => p.Body["records"]!.AsArray()).Select(r => r!.DeepClone())]);
        await http.Response.WriteAsJsonAsync(new JsonObject { ["records"] = records }, http.RequestAborted);
    }
}
