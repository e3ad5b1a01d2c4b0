using System.Text.Json.Nodes;

namespace CrmPlatform.Edge.Details;

/// <summary>The details of all record types, in the document of all services.</summary>
internal static class DetailPaths
{
    private const string Schemas = "#/components/schemas/";

    public static void Add(JsonObject document, DetailTypes types)
    {
        var paths = document["paths"]!.AsObject();
        var added = types.All.Where(t => paths[$"/api/v1/{t.Plural}/{{id}}"]?["get"] is JsonObject).ToList();
        if (added.Count == 0)
            return;
        foreach (var type in added)
            paths[$"/api/v1/{type.Plural}/{{id}}/detail"] = new JsonObject { ["get"] = Operation(type, paths[$"/api/v1/{type.Plural}/{{id}}"]!["get"]!) };
        var components = document["components"]!.AsObject();
        var schemas = components["schemas"] as JsonObject;
        if (schemas is null)
            components["schemas"] = schemas = [];
        (schemas["RelatedPart"], schemas["ReferredPart"], schemas["PartProblem"]) = (Related(), Referred(), Problem());
    }

    private static JsonObject Operation(DetailType type, JsonNode read)
    {
        var one = type.Published.Name[(type.Published.Name.LastIndexOf('.') + 1)..];
        var responses = new JsonObject { ["200"] = Answer(type, read) };
        foreach (var status in (string[])["400", "401", "403", "404", "422", "429", "500", "503", "504"])
            if (read["responses"]![status] is { } problem)
                responses[status] = problem.DeepClone();
        var parts = string.Join(", ", type.Parts.Select(p => $"`{p.Name}`").Append($"`{DetailWish.References}`"));
        return new JsonObject
        {
            ["tags"] = new JsonArray(type.Plural),
            ["summary"] = $"Get the detail of a {one}",
            ["description"] = $"A {one} with what it refers to and the newest of what refers to it, from all services, as far as the caller sees it. "
                + "A part that is refused or fails has a `problem` and leaves the others alone. Needs a token with the scope `crm.read`.",
            ["operationId"] = $"Get{char.ToUpperInvariant(one[0])}{one[1..]}Detail",
            ["parameters"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "id",
                    ["in"] = "path",
                    ["required"] = true,
                    ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
                },
                Query("parts", $"Which parts, separated by commas; all where none is named: {parts}.", new JsonObject { ["type"] = "string" }),
                Query("limit", "How many records a part has at most.", new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = 1,
                    ["maximum"] = DetailWish.MostLimit,
                    ["default"] = DetailWish.UsualLimit,
                }),
                Query("include", "`total` counts all records of each part.", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("total") })),
            ["responses"] = responses,
            ["security"] = read["security"]?.DeepClone(),
        };
    }

    private static JsonObject Answer(DetailType type, JsonNode read)
    {
        var record = read["responses"]!["200"]!["content"]!["application/json"]!["schema"]!.DeepClone();
        var related = new JsonObject(type.Parts.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Reference("RelatedPart"))));
        return new JsonObject
        {
            ["description"] = "OK",
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("record", "references", "related"),
                        ["properties"] = new JsonObject
                        {
                            ["record"] = record,
                            ["references"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Reference("ReferredPart") },
                            ["related"] = new JsonObject { ["type"] = "object", ["properties"] = related },
                        },
                    },
                },
            },
        };
    }

    private static JsonObject Related() => Part("Records that refer to the one asked for.", ("field", Text("By which field they refer to it.")),
        ("items", new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" }, ["description"] = "The newest of them." }),
        ("total", new JsonObject { ["type"] = new JsonArray("integer", "null"), ["description"] = "How many there are, where it is asked for." }),
        ("next", Text("Where the list goes on: an address; null at its end.", orNull: true)));

    private static JsonObject Referred() => Part("A record that the one asked for refers to.", ("id", Text("Its id.")),
        ("item", new JsonObject { ["type"] = new JsonArray("object", "null"), ["description"] = "It; null where it is not there or not seen." }));

    private static JsonObject Part(string says, params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject { ["record"] = Text("Of which type: `pipeline.deal`.") };
        foreach (var (name, schema) in members)
            properties[name] = schema;
        properties["problem"] = Reference("PartProblem");
        return new JsonObject { ["type"] = "object", ["description"] = says, ["required"] = new JsonArray("record"), ["properties"] = properties };
    }

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "Why a part is not there: what its own door would have answered.",
        ["required"] = new JsonArray("status", "code", "detail"),
        ["properties"] = new JsonObject
        {
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["code"] = Text("Stable name of the reason."),
            ["detail"] = Text("The reason for people."),
            ["errors"] = new JsonObject { ["type"] = "object", ["description"] = "What is wrong, by field." },
        },
    };

    private static JsonObject Query(string name, string says, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = says, ["schema"] = schema };

    private static JsonObject Text(string says, bool orNull = false) =>
        new() { ["type"] = orNull ? new JsonArray("string", "null") : "string", ["description"] = says };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = Schemas + schema };
}
