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

    /// <summary>Adds those that routes have named to the document's components.</summary>
    public void Declare(OpenApiDocument document)
    {
        var (examples, named) = (document.Components!.Examples ??= new Dictionary<string, IOpenApiExample>(), NamedIn(document));
        foreach (var type in types.All)
        {
            var record = Examples.Kept(type);
            JsonObject Kept()
            {
                var kept = JsonSerializer.SerializeToNode(record, record.GetType(), json.Value.SerializerOptions)!.AsObject();
                foreach (var anything in type.Fields.Where(f => f.Kind == FieldKind.Json && kept[f.Name] is null))
                    kept.Remove(anything.Name); // null may be said to be null or to be anything, and validators ask which
                return kept;
            }

            void Is(string name, JsonNode value)
            {
                if (named.Contains(name))
                    examples[name] = new OpenApiExample { Value = value };
            }

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

    private static HashSet<string?> NamedIn(OpenApiDocument document) =>
    [
        .. from path in document.Paths.Values
           from operation in path.Operations ?? []
           from body in (operation.Value.Responses?.Values.Select(answer => answer.Content) ?? []).Append(operation.Value.RequestBody?.Content)
           from media in body ?? new Dictionary<string, OpenApiMediaType>()
           from example in media.Value.Examples?.Values.OfType<OpenApiExampleReference>() ?? []
           select example.Reference.Id,
    ];

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
