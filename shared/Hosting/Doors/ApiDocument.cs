using System.Text.Json.Nodes;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The OpenAPI document of a service: what the code declares, plus what holds for every route.</summary>
internal static class ApiDocument
{
    /// <summary>The member of the document that lists the paths the edge passes on to whoever asks.</summary>
    public const string OpenPaths = "x-open";

    public static void Describe(this OpenApiOptions options, string service)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, context, _) =>
        {
            if (context.ApplicationServices.GetRequiredService<Service>().Contents.Open is { Count: > 0 } open)
                document.AddExtension(OpenPaths, new JsonNodeExtension(new JsonArray([.. open.Select(path => JsonValue.Create(path))])));
            document.Info = new OpenApiInfo
            {
                Title = $"CrmPlatform: {service}",
                Version = "v1",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            };
            document.Servers = [new() { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A signed token (ES256) that names tenant, actor and scopes.",
            };
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas["Problem"] = Problem();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            RecordSchemas.Describe(schema, context.JsonTypeInfo.Type, context.ApplicationServices.GetRequiredService<RecordTypes>());
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Needs>().FirstOrDefault() is not { } needs)
                return Task.CompletedTask;
            operation.Summary ??= Words(operation.OperationId);
            operation.Description = $"{operation.Description} Needs a token with the scope `{needs.Scope}`.".Trim();
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("token", context.Document)] = [] }];
            operation.Responses ??= [];
            foreach (var status in (string[])["4XX", "5XX"])
                operation.Responses[status] = new OpenApiResponse
                {
                    Description = "A problem (RFC 9457) with a stable `code`.",
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
                    },
                };
            if (context.Description.HttpMethod is not "GET")
                (operation.Parameters ??= []).Add(Key());
            return Task.CompletedTask;
        });
    }

    // MergeAccounts → Merge accounts: slices are named in the imperative, which is what a summary says.
    private static string? Words(string? name) => name is not { Length: > 0 } ? null
        : name[0] + string.Concat(name.Skip(1).Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static OpenApiParameter Key() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = "Two requests with one key are one request: the second gets the first one's answer.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
    };

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
        },
    };
}
