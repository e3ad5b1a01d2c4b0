using System.Text.Json;
using System.Text.Unicode;

namespace CrmPlatform.Access;

/// <summary>JSON from outside, read so that it can mean one thing only: every name once, little nesting, valid text.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>An object, or null if this is anything else.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
            return null;
        try
        {
            var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: a name with half a surrogate pair
        {
            return null;
        }
    }

    public static bool Has(this JsonElement of, string name) => of.TryGetProperty(name, out _);

    /// <summary>A member's text, or null if it is missing or anything else.</summary>
    public static string? Text(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? Text(value) : null;

    public static string? Text(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // half a surrogate pair, which is no text
        {
            return null;
        }
    }
}
