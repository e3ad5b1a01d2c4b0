using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Edge.Upstreams;

namespace CrmPlatform.Edge.Documents;

/// <summary>Leaves of a service's document what the edge lets callers reach: its open paths, and the schemas and tags they need.</summary>
internal static class Openly
{
    private const string Schemas = "#/components/schemas/";

    public static void Cut(JsonObject document)
    {
        var paths = document["paths"]!.AsObject();
        foreach (var (path, _) in paths.Where(p => !Offer.IsOpen(p.Key)).ToList())
            paths.Remove(path);

        if (document["components"]?["schemas"] is JsonObject schemas)
        {
            var needed = new HashSet<string>(StringComparer.Ordinal);
            Follow(paths, schemas, needed);
            Follow(document["components"]!["responses"], schemas, needed);
            foreach (var (name, _) in schemas.Where(s => !needed.Contains(s.Key)).ToList())
                schemas.Remove(name);
        }
        var used = paths.SelectMany(p => p.Value!.AsObject()).Select(m => m.Value).OfType<JsonObject>()
            .SelectMany(operation => operation["tags"] as JsonArray ?? []).Select(t => t!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        if (document["tags"] is JsonArray tags)
            tags.RemoveAll(t => !used.Contains(t!["name"]!.GetValue<string>()));
    }

    private static void Follow(JsonNode? node, JsonObject schemas, HashSet<string> needed)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Follow(item, schemas, needed);
        if (node is not JsonObject members)
            return;
        foreach (var (_, value) in members)
            if (value is not JsonValue text)
                Follow(value, schemas, needed);
            else if (text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is var reference
                && reference.StartsWith(Schemas, StringComparison.Ordinal) && needed.Add(reference[Schemas.Length..]))
                Follow(schemas[reference[Schemas.Length..]], schemas, needed);
    }
}
