using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>With which problems each route can answer, status by status: generators and test programs do not know ranges like 4XX.</summary>
internal static class ApiRefusals
{
    private const string Json = "application/problem+json";

    private static readonly Dictionary<string, (string Name, string Says)> All = new()
    {
        ["400"] = ("Malformed", "The request cannot be read: JSON, a parameter or a header is malformed."),
        ["401"] = ("NotKnown", "The token is missing, invalid, expired or revoked."),
        ["403"] = ("NotAllowed", "The token's scopes or the caller's roles do not allow it."),
        ["404"] = ("NotFound", "There is no such record for the caller."),
        ["409"] = ("Conflict", "It does not go together with what is there: changed by somebody else, a duplicate, still in use."),
        ["412"] = ("Stale", "The record is at another version than If-Match says."),
        ["413"] = ("TooLarge", "The request is larger than allowed."),
        ["415"] = ("UnsupportedMediaType", "The body is of a type that this route does not take."),
        ["422"] = ("Invalid", "Something sent can be read and is not valid; `errors` says what, by field."),
        ["500"] = ("Failed", "Something went wrong here; the trace id helps to find it."),
        ["503"] = ("Unavailable", "It cannot be done right now and nothing was changed; try again after `Retry-After`."),
    };

    /// <summary>Adds those that some route can answer to the document's components, with the schema they share.</summary>
    public static void Declare(OpenApiDocument document)
    {
        document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = Problem();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        var answered = document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            .SelectMany(operation => operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>())
            .OfType<OpenApiResponseReference>().Select(response => response.Reference.Id).ToHashSet();
        foreach (var (name, says) in All.Values.Where(refusal => answered.Contains(refusal.Name)))
            document.Components.Responses[name] = new OpenApiResponse
            {
                Description = says,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
            };
    }

    /// <summary>Adds those of a route.</summary>
    public static void Add(OpenApiOperation operation, ApiDescription route, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var status in Of(operation, route))
            operation.Responses[status] = new OpenApiResponseReference(All[status].Name, document);
    }

    private static IEnumerable<string> Of(OpenApiOperation operation, ApiDescription route)
    {
        var parameters = operation.Parameters ?? [];
        var changes = route.HttpMethod is not "GET";
        yield return "400";
        yield return "401";
        yield return "403";
        if (parameters.Any(p => p.In is ParameterLocation.Path || p.Schema?.Format is "uuid"))
            yield return "404";
        if (changes)
            yield return "409";
        if (parameters.Any(p => p.Name == "If-Match"))
            yield return "412";
        if (operation.RequestBody is not null)
        {
            yield return "413";
            yield return "415";
        }
        if (changes || parameters.Any(p => p.In is ParameterLocation.Query))
            yield return "422";
        yield return "500";
        yield return "503";
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "status", "code", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable name of the reason." },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by field.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
            ["broken"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Which rules are broken, by field, each beside its sentence in `errors`; null where the sentence alone says it.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = BrokenRule() },
            },
        },
        // Facts that help to go on: conflicts, what else has the value, what may have been meant.
        AdditionalProperties = new OpenApiSchema(),
    };

    private static OpenApiSchema BrokenRule() => new()
    {
        Type = JsonSchemaType.Object | JsonSchemaType.Null,
        Required = new HashSet<string> { "rule" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["rule"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable name of the rule: `required`, `length`." },
            ["min"] = new OpenApiSchema { Type = JsonSchemaType.Number },
            ["max"] = new OpenApiSchema { Type = JsonSchemaType.Number },
            ["allowed"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            ["pattern"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["kind"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What kind of value it should be: `date`, `money`." },
        },
    };
}
