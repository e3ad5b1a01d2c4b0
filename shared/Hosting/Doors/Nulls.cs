using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>Says of a schema exactly once whether null is one of its values, so that all programs read the same out of it.</summary>
internal static class Nulls
{
    public static void Tell(OpenApiSchema schema)
    {
        if (schema.Enum is { Count: > 0 } values)
            schema.Enum = Choices(schema, values);
        foreach (var property in schema.Properties?.Values.OfType<OpenApiSchema>() ?? [])
            if (property.Enum is { Count: > 0 } choices)
                property.Enum = Choices(property, choices);

        // What belongs to objects alone is said of an object alone, beside null.
        if (schema.Type == (JsonSchemaType.Object | JsonSchemaType.Null) && schema.AdditionalProperties is { } others)
        {
            schema.OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Null }, new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = others },
            ];
            (schema.Type, schema.AdditionalProperties) = (null, null);
        }
    }

    // The framework lists null among an enum's names where some property may be null, and gives it no type.
    private static List<JsonNode> Choices(OpenApiSchema schema, IEnumerable<JsonNode?> values)
    {
        schema.Type ??= JsonSchemaType.String;
        List<JsonNode> choices = [.. values.Where(v => v is not null && !JsonNullSentinel.IsJsonNullSentinel(v)).Select(v => v!)];
        if (schema.Type.Value.HasFlag(JsonSchemaType.Null))
            choices.Add(JsonNullSentinel.JsonNull);
        return choices;
    }
}
