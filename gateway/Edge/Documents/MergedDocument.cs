using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Edge.Details;
using CrmPlatform.Edge.Upstreams;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Documents;

/// <summary>One OpenAPI 3.1 document of all services, made anew only when one of them offers something new.</summary>
internal sealed record MergedDocument(byte[] Json, string ETag, IReadOnlyList<string> Paths)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is JSON, never part of a page
    };

    public static MergedDocument Of(IReadOnlyList<Upstream> upstreams, DetailTypes details)
    {
        var merged = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "CrmPlatform",
                ["version"] = "v1",
                ["description"] = """
                    Errors are RFC 9457 problems with a stable `code`. Writes take an `Idempotency-Key`. Each answer carries `RateLimit-Limit`,
                    `RateLimit-Remaining`, `RateLimit-Reset` (seconds until the bucket is full) and `Crm-Trace`, the trace's id.
                    """.ReplaceLineEndings(" ").Trim(),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = new JsonObject(),
            ["components"] = new JsonObject { ["responses"] = new JsonObject { ["RateLimited"] = RateLimited(), ["TimedOut"] = TimedOut() } },
            ["tags"] = new JsonArray(),
        };
        var operations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var upstream in upstreams)
            Add(merged, upstream.Name, upstream.Offer!.Document(), operations);
        DetailPaths.Add(merged, details);

        var json = JsonSerializer.SerializeToUtf8Bytes(merged, Readable);
        return new MergedDocument(json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..16]}\"", [.. merged["paths"]!.AsObject().Select(p => p.Key)]);
    }

    /// <summary>Sends the document, or says that the one the caller has is still right.</summary>
    public Task Write(HttpContext http)
    {
        http.Response.Headers.ETag = ETag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch == ETag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.Body.WriteAsync(Json, http.RequestAborted).AsTask();
    }

    private static void Add(JsonObject merged, string service, JsonObject document, HashSet<string> operations)
    {
        Openly.Cut(document);
        Redirect(document, AddComponents(merged["components"]!.AsObject(), service, document["components"] as JsonObject));
        var paths = merged["paths"]!.AsObject();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            if (paths.ContainsKey(path))
                continue; // what every service publishes (operations) the edge gathers from all of them
            var added = item!.DeepClone().AsObject();
            foreach (var operation in added.Select(m => m.Value).OfType<JsonObject>())
            {
                if (operation["operationId"]?.GetValue<string>() is { } id && !operations.Add(id))
                    operation["operationId"] = Prefixed(service, id);
                if (operation["responses"] is JsonObject responses)
                    (responses["429"], responses["504"]) = (Response("RateLimited"), Response("TimedOut"));
            }
            paths[path] = added;
        }
        var tags = merged["tags"]!.AsArray();
        foreach (var tag in document["tags"] as JsonArray ?? [])
            if (!tags.Any(t => t!["name"]!.GetValue<string>() == tag!["name"]!.GetValue<string>()))
                tags.Add(tag!.DeepClone());
    }

    /// <summary>Adds components; one that another service gave the same name but another meaning gets the service's name in front.</summary>
    private static Dictionary<string, string> AddComponents(JsonObject known, string service, JsonObject? components)
    {
        var all = (components ?? []).SelectMany(kind => kind.Value!.AsObject(), (kind, member) =>
            (Kind: kind.Key, Name: member.Key, Path: $"#/components/{kind.Key}/{member.Key}", Component: member.Value!)).ToList();
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            // What means something else under the same name, also because something it refers to does.
            Redirect(components, renamed);
            var other = all.FindAll(c => !renamed.ContainsKey(c.Path) && known[c.Kind]?[c.Name] is { } there && !JsonNode.DeepEquals(there, c.Component));
            if (other.Count == 0)
                break;
            foreach (var component in other)
                renamed[component.Path] = $"#/components/{component.Kind}/{Prefixed(service, component.Name)}";
        }
        foreach (var (kind, name, path, component) in all)
        {
            if (known[kind] is not JsonObject there)
                known[kind] = there = [];
            there[renamed.ContainsKey(path) ? Prefixed(service, name) : name] = component.DeepClone();
        }
        return renamed;
    }

    // References (also those of discriminators) are strings with the component's whole path.
    private static void Redirect(JsonNode? node, Dictionary<string, string> renamed)
    {
        if (renamed.Count == 0)
            return;
        if (node is JsonArray array)
            foreach (var item in array)
                Redirect(item, renamed);
        if (node is not JsonObject members)
            return;
        foreach (var (name, value) in members.ToList())
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && renamed.TryGetValue(text.GetValue<string>(), out var now))
                members[name] = now;
            else
                Redirect(value, renamed);
    }

    private static JsonObject RateLimited() => new()
    {
        ["description"] = "The tenant's plan allows no more requests right now (`rate_limited`).",
        ["headers"] = new JsonObject
        {
            ["Retry-After"] = new JsonObject { ["description"] = "Seconds.", ["schema"] = new JsonObject { ["type"] = "integer" } },
        },
        ["content"] = Problem(),
    };

    private static JsonObject TimedOut() => new()
    {
        ["description"] = "A service has not answered in time (`timed_out`).",
        ["content"] = Problem(),
    };

    // The schema every service has.
    private static JsonObject Problem() =>
        new() { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } };

    private static JsonObject Response(string name) => new() { ["$ref"] = $"#/components/responses/{name}" };

    private static string Prefixed(string service, string name) => char.ToUpperInvariant(service[0]) + service[1..] + name;
}
