using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Records.Doors;
using CrmPlatform.Records.Views;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>What may be sent to enter or change a record, for the OpenAPI document: its fields with their rules, as the validator reads them.</summary>
internal static class RecordSchemas
{
    /// <summary>Describes the body of a door that takes fields of a record; leaves any other schema as it is.</summary>
    public static void Describe(OpenApiSchema schema, Type body, RecordTypes types)
    {
        foreach (var (name, beside) in Beside(body))
            (schema.Properties ??= new Dictionary<string, IOpenApiSchema>())[name] = beside;
        if (!body.IsGenericType || types.All.FirstOrDefault(t => t.IsOf(body.GetGenericArguments()[0])) is not { } type)
            return;
        var isPatch = body.GetGenericTypeDefinition() == typeof(Patch<>);
        if (!isPatch && body.GetGenericTypeDefinition() != typeof(Draft<>))
            return;
        var fields = type.Fields.Where(f => !f.IsSetBySlices).Concat(type.Inputs).ToList();
        schema.Type = JsonSchemaType.Object;
        schema.Properties = fields.ToDictionary(f => f.Name, f => Schema(f, isPatch));
        (schema.AdditionalProperties, schema.AdditionalPropertiesAllowed) = (null, false);
        if (isPatch)
            schema.Properties["$base"] = Anything("The values you saw: a field that has another one now is answered with 409 and both values.");
        else
            schema.Required = fields.Where(f => f.IsRequired).Select(f => f.Name).ToHashSet();
    }

    // What is shown of fields and views beside what is kept of them.
    private static IEnumerable<(string Name, OpenApiSchema Schema)> Beside(Type body)
    {
        if (body == typeof(CustomField))
            yield return ("index", new()
            {
                Type = JsonSchemaType.String,
                Enum = ["building", "ready", "failed"],
                Description = "How far its index is, where it has one.",
            });
        if (body != typeof(View))
            yield break;
        yield return ("problems", new()
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
            Description = "What of it fits no more, where something does not.",
        });
        yield return ("count", new()
        {
            Type = JsonSchemaType.Integer | JsonSchemaType.Null,
            Description = "How many records it shows, where `include=counts` asks for it; null where there was no time to count.",
        });
        yield return ("countCapped", new() { Type = JsonSchemaType.Boolean, Description = "Whether there are more than `count`." });
    }

    private static IOpenApiSchema Schema(Field field, bool isPatch)
    {
        var schema = Of(field);
        schema.Title = field.Label;
        if (field.Deprecated is { } old)
            (schema.Deprecated, schema.Description) = (true, $"{schema.Description} {old.Says}".Trim());
        RuleSchemas.Hold(schema, field.Rules);
        if (isPatch ? field.IsOptional : !field.IsRequired && field.IsOptional)
            schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static OpenApiSchema Of(Field field) => field.Kind switch
    {
        FieldKind.Integer or FieldKind.Rating => new() { Type = JsonSchemaType.Integer },
        FieldKind.Number => new() { Type = JsonSchemaType.Number },
        FieldKind.Boolean => new() { Type = JsonSchemaType.Boolean },
        FieldKind.Date => new() { Type = JsonSchemaType.String, Format = "date" },
        FieldKind.Instant => new() { Type = JsonSchemaType.String, Format = "date-time" },
        FieldKind.Reference => new() { Type = JsonSchemaType.String, Format = "uuid" },
        FieldKind.Choice => Choices(field),
        FieldKind.MultiChoice => new() { Type = JsonSchemaType.Array, Items = Choices(field) },
        FieldKind.Texts => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        FieldKind.List => new() { Type = JsonSchemaType.Array, Items = Parts(field.Property.PropertyType.GetGenericArguments()[0]) },
        FieldKind.Money or FieldKind.Address => Parts(Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType),
        FieldKind.Custom => Anything("Fields that your tenant has added, by name."),
        FieldKind.Json => new(),
        _ => new() { Type = JsonSchemaType.String },
    };

    // Said expressly: generators take an object without properties for one that can have none.
    private static OpenApiSchema Anything(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        AdditionalProperties = new OpenApiSchema(),
        AdditionalPropertiesAllowed = true,
    };

    private static OpenApiSchema Choices(Field field) =>
        new() { Type = JsonSchemaType.String, Enum = [.. field.Choices!.Select(c => (JsonNode)JsonValue.Create(c)!)] };

    private static OpenApiSchema Parts(Type value) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = PartsOf(value).ToDictionary(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name), Part),
        Required = PartsOf(value).Where(p => p.IsDefined(typeof(RequiredAttribute), true) || p.IsDefined(typeof(JsonRequiredAttribute)))
            .Select(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToHashSet(),
        AdditionalPropertiesAllowed = false,
    };

    private static PropertyInfo[] PartsOf(Type value) =>
        value.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    // Answered as a text, so that no reader rounds it; understood as a number as well.
    private static OpenApiSchema Exact() => new()
    {
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^-?\d+(\.\d+)?$", MaxLength = 40 },
            new OpenApiSchema { Type = JsonSchemaType.Number },
        ],
    };

    private static IOpenApiSchema Part(PropertyInfo part)
    {
        var type = Nullable.GetUnderlyingType(part.PropertyType) ?? part.PropertyType;
        if (Verbs.Catalogue.EventFields.IsExact(part))
            return Exact();
        var schema = new OpenApiSchema
        {
            Type = type == typeof(bool) ? JsonSchemaType.Boolean : type == typeof(int) ? JsonSchemaType.Integer : JsonSchemaType.String,
            Format = type == typeof(Guid) ? "uuid" : type == typeof(DateOnly) ? "date" : type == typeof(DateTimeOffset) ? "date-time" : null,
        };
        if (type.IsEnum)
            schema.Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)JsonValue.Create(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(n))!)];
        RuleSchemas.Hold(schema, part.GetCustomAttributes(true).OfType<ValidationAttribute>());
        if (type != part.PropertyType || new NullabilityInfoContext().Create(part).ReadState == NullabilityState.Nullable)
            schema.Type |= JsonSchemaType.Null;
        return schema;
    }
}
