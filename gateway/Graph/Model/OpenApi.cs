using System.Text.Json;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <summary>What a service's document says of its slices: what they are told and what they answer with.</summary>
internal sealed class OpenApi(JsonElement document)
{
    /// <summary>The slice behind a route.</summary>
    public Slice? Post(string route) => document.ValueKind == JsonValueKind.Object && document.TryGetProperty("paths", out var paths)
        && paths.TryGetProperty(route, out var path) && path.TryGetProperty("post", out var post) ? new(this, post) : null;

    private JsonElement Followed(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        && document.GetProperty("components").GetProperty("schemas").TryGetProperty(NameOf(reference), out var named) ? named : schema;

    private static string NameOf(JsonElement reference) => reference.GetString()![(reference.GetString()!.LastIndexOf('/') + 1)..];

    /// <summary>A slice.</summary>
    internal sealed class Slice(OpenApi of, JsonElement post)
    {
        /// <summary>What it does.</summary>
        public string? Says => post.TryGetProperty("description", out var says) ? says.GetString() : null;

        /// <summary>The name of what it answers with.</summary>
        public string? Answers => post.TryGetProperty("responses", out var responses) && responses.TryGetProperty("200", out var ok)
            && Schema(ok) is { } schema && schema.TryGetProperty("$ref", out var reference) ? NameOf(reference) : null;

        /// <summary>What it is told.</summary>
        public InputType? Input(string name)
        {
            if (!post.TryGetProperty("requestBody", out var body) || Schema(body) is not { } schema
                || !of.Followed(schema).TryGetProperty("properties", out var properties))
                return null;
            var required = of.Followed(schema).TryGetProperty("required", out var listed)
                ? listed.EnumerateArray().Select(r => r.GetString()).ToHashSet() : [];
            var input = new InputType($"{name}Input");
            foreach (var property in properties.EnumerateObject().Where(p => Names.Is(p.Name)))
            {
                var type = TypeOf(property.Value);
                input.Fields.Add(property.Name, new(property.Name, required.Contains(property.Name) && !IsNullable(property.Value) ? type.NonNull : type)
                {
                    Says = property.Value.TryGetProperty("description", out var says) ? says.GetString() : null,
                });
            }
            return input.Fields.Count > 0 ? input : null;
        }

        private static JsonElement? Schema(JsonElement of) => of.TryGetProperty("content", out var content)
            && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

        private static bool IsNullable(JsonElement schema) => schema.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(t => t.ValueEquals("null"));

        private GraphType TypeOf(JsonElement schema)
        {
            schema = of.Followed(schema);
            var format = schema.TryGetProperty("format", out var said) ? said.GetString() : null;
            string? kind = null;
            if (schema.TryGetProperty("type", out var type))
                kind = type.ValueKind == JsonValueKind.Array
                    ? type.EnumerateArray().Select(t => t.GetString()).FirstOrDefault(t => t != "null") : type.GetString();
            return (kind, format) switch
            {
                ("string", "uuid") => BuiltIn.Id,
                ("string", "date") => Scalars.Date,
                ("string", "date-time") => Scalars.DateTime,
                ("string", _) => BuiltIn.String,
                ("integer", _) => BuiltIn.Int,
                ("number", _) => Scalars.Decimal,
                ("boolean", _) => BuiltIn.Boolean,
                ("array", _) when schema.TryGetProperty("items", out var items) && TypeOf(items) is ScalarType item && item != Scalars.Json =>
                    item.NonNull.List,
                _ => Scalars.Json,
            };
        }
    }
}
