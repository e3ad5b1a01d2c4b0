using System.Text.Json;
using CrmPlatform.Graph.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrmPlatform.Graph.Transport;

/// <summary>A request as GraphQL over HTTP has it.</summary>
/// <param name="Query">The document; none where it is named by its hash.</param>
/// <param name="OperationName">Which of its operations.</param>
/// <param name="Variables">What its variables hold.</param>
/// <param name="Hash">The hash that names the document.</param>
internal sealed record GraphRequest(string? Query, string? OperationName, JsonElement Variables, string? Hash)
{
    public const int LargestBody = 1024 * 1024;

    /// <summary>Reads a request; throws what is wrong with it, which is answered with 400.</summary>
    public static async Task<GraphRequest> Read(HttpContext http)
    {
        try
        {
            return await Parts(http);
        }
        catch (InvalidOperationException)
        {
            throw Bad("The request has half a surrogate pair where a text should be.");
        }
    }

    private static async Task<GraphRequest> Parts(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            var query = http.Request.Query;
            return new(Text(query["query"]), Text(query["operationName"]), Parsed("variables", Text(query["variables"])),
                HashIn(Parsed("extensions", Text(query["extensions"]))));
        }
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            throw Bad("The body is no JSON.");
        }
        if (body.ValueKind == JsonValueKind.Array)
            throw Bad("Several requests in one are not answered: ask for what you need in one document.");
        if (body.ValueKind != JsonValueKind.Object)
            throw Bad("The body is an object with query, variables and operationName.");
        return Of(body);
    }

    /// <summary>The request that an object is; throws what is wrong with it.</summary>
    public static GraphRequest Of(JsonElement body) =>
        new(Member(body, "query"), Member(body, "operationName"), Object(body, "variables"), HashIn(Object(body, "extensions")));

    /// <summary>Whether the body is JSON, in a form that is understood.</summary>
    public static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static string? Text(Microsoft.Extensions.Primitives.StringValues value) => value.Count == 0 ? null : value.ToString();

    private static string? Member(JsonElement body, string name) => !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad($"{name} is a text.");

    private static JsonElement Object(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Object ? value : throw Bad($"{name} is an object.");

    private static JsonElement Parsed(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        try
        {
            var value = JsonSerializer.Deserialize<JsonElement>(text);
            return value.ValueKind is JsonValueKind.Null or JsonValueKind.Object ? value : throw Bad($"{name} is an object.");
        }
        catch (JsonException)
        {
            throw Bad($"{name} is no JSON.");
        }
    }

    private static string? HashIn(JsonElement extensions) => extensions.ValueKind == JsonValueKind.Object
        && extensions.TryGetProperty("persistedQuery", out var persisted) && persisted.ValueKind == JsonValueKind.Object
        && persisted.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String ? hash.GetString() : null;

    private static GraphException Bad(string message) => new(new(message, Codes.BadInput));
}
