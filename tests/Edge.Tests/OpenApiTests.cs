using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task One_document_describes_what_callers_can_reach_and_nothing_else()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        var document = (await crm.Service("edge").Look("/openapi/v1.json")).Expect(200);

        Assert.StartsWith("3.1", document["openapi"].GetString(), StringComparison.Ordinal);
        Assert.Equal("/", document["servers"][0].GetProperty("url").GetString());
        var paths = document["paths"].EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/contacts/{id}", paths);
        Assert.Contains("/api/v1/operations/{id}/undo", paths);
        Assert.All(paths, p => Assert.StartsWith("/api/v1/", p, StringComparison.Ordinal));
        Assert.Equal(["token"], document["components"].GetProperty("securitySchemes").EnumerateObject().Select(s => s.Name));
        Assert.All(References(JsonNode.Parse(document.Text)!), reference => Assert.NotNull(Find(JsonNode.Parse(document.Text)!, reference)));
    }

    [Fact]
    public async Task Who_has_the_document_is_told_that_it_is_still_right()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        using var http = new HttpClient();
        var address = new Uri(crm.Service("edge").Address, "/openapi/v1.json");

        using var first = await http.GetAsync(address, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "If-None-Match", $"{first.Headers.ETag}" } } };
        using var again = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(304, (int)again.StatusCode);
    }

    [Fact]
    public async Task Two_services_may_mean_different_things_by_one_name()
    {
        await using var one = await Behind.Start(_ => Task.CompletedTask, Publishes("/api/v1/ones", "string"));
        await using var two = await Behind.Start(_ => Task.CompletedTask, Publishes("/api/v1/twos", "integer"));
        await using var three = await Behind.Start(_ => Task.CompletedTask, Publishes("/api/v1/threes", "integer"));
        await using var edge = await Behind.Edge($"one={one.Address},two={two.Address},three={three.Address}");
        await Behind.Known(edge);

        var document = JsonNode.Parse((await edge.Tenant().Service("edge").Look("/openapi/v1.json")).Text)!;

        Assert.Equal("string", TypeBehind(document, "/api/v1/ones"));
        Assert.Equal("integer", TypeBehind(document, "/api/v1/twos"));
        Assert.Equal("integer", TypeBehind(document, "/api/v1/threes"));
        Assert.Equal(3, document["paths"]!.AsObject().Select(p => p.Value!["get"]!["operationId"]!.GetValue<string>()).Distinct().Count());
    }

    // What the answer's schema says through two references: List → Thing.
    private static string TypeBehind(JsonNode document, string path)
    {
        var answer = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!;
        var list = Find(document, answer["schema"]!["$ref"]!.GetValue<string>());
        return Find(document, list!["items"]!["$ref"]!.GetValue<string>())!["type"]!.GetValue<string>();
    }

    private static JsonNode? Find(JsonNode document, string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step]);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m is { Key: "$ref", Value: JsonValue text } ? [text.GetValue<string>()] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static object Publishes(string path, string type)
    {
        var list = new { description = "OK", content = new Dictionary<string, object> { ["application/json"] = new { schema = Reference("List") } } };
        return new
        {
            openapi = "3.1.1",
            paths = new Dictionary<string, object>
            {
                [path] = new { get = new { operationId = "Get", responses = new Dictionary<string, object> { ["200"] = list } } },
            },
            components = new { schemas = new { Thing = new { type }, List = new { type = "array", items = Reference("Thing") } } },
        };
    }

    private static Dictionary<string, string> Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
