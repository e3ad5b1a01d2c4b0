using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Doors;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>Examples of what is sent and answered, for the OpenAPI document: of each record type, from its declaration.</summary>
internal sealed class ApiExamples(RecordTypes types, IOptions<JsonOptions> json)
{
    private const string Usual = "usual";

    private static readonly Dictionary<Type, string> Named = new()
    {
        [typeof(Draft<>)] = "New",
        [typeof(Patch<>)] = "Changed",
        [typeof(BatchRequest<>)] = "Batch",
        [typeof(Page<>)] = "Page",
    };

    /// <summary>Adds those of all types to the document's components.</summary>
    public void Declare(OpenApiDocument document)
    {
        var examples = document.Components!.Examples ??= new Dictionary<string, IOpenApiExample>();
        foreach (var type in types.All)
        {
            var record = Examples.Kept(type);
            JsonObject Kept() => JsonSerializer.SerializeToNode(record, record.GetType(), json.Value.SerializerOptions)!.AsObject();
            void Is(string name, JsonNode value) => examples[name] = new OpenApiExample { Value = value };
            Is(type.Name, Kept());
            Is($"{type.Name}New", Examples.New(type));
            Is($"{type.Name}Changed", Examples.Changed(type));
            Is($"{type.Name}Page", new JsonObject { ["items"] = new JsonArray(Kept()), ["nextCursor"] = null, ["total"] = 1 });
            Is($"{type.Name}Batch", new JsonObject
            {
                ["operations"] = new JsonArray(
                    new JsonObject
                    {
                        ["do"] = "upsert",
                        ["external"] = new JsonObject { ["system"] = "erp", ["id"] = "42" },
                        ["fields"] = Examples.New(type),
                    }),
            });
        }
    }

    /// <summary>Adds those of a route: to its body, and to the answers that are not refusals.</summary>
    public void Add(OpenApiOperation operation, ApiDescription route, OpenApiDocument document)
    {
        if (route.ParameterDescriptions.Select(p => NameOf(p.Type, sent: true)).FirstOrDefault(name => name is not null) is { } sent)
            Add(operation.RequestBody?.Content, route.HttpMethod == "PUT" ? sent.Replace("Changed", "New", StringComparison.Ordinal) : sent, document);
        foreach (var answer in route.SupportedResponseTypes)
            if (NameOf(answer.Type, sent: false) is { } name && operation.Responses?.TryGetValue($"{answer.StatusCode}", out var response) == true)
                Add(response.Content, name, document);
    }

    private static void Add(IDictionary<string, OpenApiMediaType>? content, string name, OpenApiDocument document)
    {
        if (content?.TryGetValue("application/json", out var body) == true)
            (body.Examples ??= new Dictionary<string, IOpenApiExample>())[Usual] = new OpenApiExampleReference(name, document);
    }

    private string? NameOf(Type? type, bool sent)
    {
        if (type is null || (!type.IsGenericType && sent))
            return null;
        var of = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        if (types.All.FirstOrDefault(t => t.IsOf(of)) is not { } record)
            return null;
        return !type.IsGenericType ? record.Name : Named.TryGetValue(type.GetGenericTypeDefinition(), out var kind) ? record.Name + kind : null;
    }
}
