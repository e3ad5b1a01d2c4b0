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
        foreach (var inner in (schema.Properties?.Values ?? []).Append(schema.Items).OfType<OpenApiSchema>())
            Tell(inner);

        // What belongs to objects alone is said of an object alone, beside null.
        if (schema.Type == (JsonSchemaType.Object | JsonSchemaType.Null)
            && (schema.AdditionalProperties is not null || !schema.AdditionalPropertiesAllowed || schema.Properties is { Count: > 0 }))
        {
            schema.OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Null },
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = schema.Properties,
                    Required = schema.Required,
                    AdditionalProperties = schema.AdditionalProperties,
                    AdditionalPropertiesAllowed = schema.AdditionalPropertiesAllowed,
                },
            ];
            (schema.Type, schema.Properties, schema.Required, schema.AdditionalProperties, schema.AdditionalPropertiesAllowed) = (null, null, null, null, true);
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
