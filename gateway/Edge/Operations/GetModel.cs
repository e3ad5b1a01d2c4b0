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
        var parts = await everywhere.Ask(http, Route);
        JsonArray All(string what) => [.. parts.SelectMany(p => p.Body[what]?.AsArray() ?? []).Select(one => one!.DeepClone())];
        await http.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["records"] = All("records"),
                ["slices"] = All("slices"),
                ["overrides"] = All("overrides"),
                ["privileges"] = new JsonArray([.. All("privileges").Select(p => p!.GetValue<string>()).Distinct().Select(p => JsonValue.Create(p))]),
                ["version"] = string.Join('-', parts.Select(p => $"{p.Body["version"]}")),
            },
            http.RequestAborted);
    }
}
