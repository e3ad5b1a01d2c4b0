using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Doors;
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
        options.CreateSchemaReferenceId = type => NameOf(type.Type, OpenApiOptions.CreateDefaultSchemaReferenceId(type));
        options.AddDocumentTransformer((document, context, _) =>
        {
            var of = context.ApplicationServices.GetRequiredService<Service>();
            document.AddExtension(PublishedRecords.Member, new JsonNodeExtension(PublishedRecords.Of(of)));
            if (of.Contents.Open is { Count: > 0 } open)
                document.AddExtension(OpenPaths, new JsonNodeExtension(new JsonArray([.. open.Select(path => JsonValue.Create(path))])));
            document.Info = new OpenApiInfo
            {
                Title = $"CrmPlatform: {service}",
                Version = "v1",
                Description = $"What the service `{service}` keeps and does; the edge passes it on, in one document with that of the others.",
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
            ApiRefusals.Declare(document);
            context.ApplicationServices.GetRequiredService<ApiExamples>().Declare(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Properties.Any(property => property.IsExtensionData))
                schema.AdditionalProperties = new OpenApiSchema(); // facts of any name
            RecordSchemas.Describe(schema, context.JsonTypeInfo.Type, context.ApplicationServices.GetRequiredService<RecordTypes>());
            Nulls.Tell(schema);
            if (context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(DeprecatedAttribute), true) == true)
                schema.Deprecated = true;
            if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
                schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.Object }; // of any kind: what it is follows from what was asked
            foreach (var property in context.JsonTypeInfo.Properties.Where(IsLeftOut))
                schema.Required?.Remove(property.Name);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Needs>().FirstOrDefault() is not { } needs)
                return Task.CompletedTask;
            operation.Summary ??= Words(operation.OperationId);
            operation.Description = $"{operation.Description} Needs a token with the scope `{needs.Scope}`.".Trim();
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("token", context.Document)] = [] }];
            if (context.Description.HttpMethod is not "GET")
                (operation.Parameters ??= []).Add(Key());
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<FileBody>().FirstOrDefault() is { } file)
                operation.RequestBody = Body(file);
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<DeprecatedAttribute>().FirstOrDefault() is { } old)
            {
                (operation.Deprecated, operation.Description) = (true, $"{operation.Description} {old.Says}");
                operation.AddExtension(DeprecationHeaders.Member, new JsonNodeExtension(JsonValue.Create(old.Says)));
            }
            ApiRefusals.Add(operation, context.Description, context.Document!);
            context.ApplicationServices.GetRequiredService<ApiExamples>().Add(operation, context.Description, context.Document!);
            return Task.CompletedTask;
        });
    }

    private static OpenApiRequestBody Body(FileBody file) => new()
    {
        Required = true,
        Content = file.Types.ToDictionary(t => t, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
    };

    // What has no value is not sent at all.
    private static bool IsLeftOut(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), true) ?? false;

    // Every slice has a Request: that of MergeContacts is not that of ChangeJob.
    private static string? NameOf(Type type, string? name) => name is not null && type.DeclaringType is { } slice ? slice.Name + name : name;

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
}
