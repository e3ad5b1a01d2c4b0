using System.Text.Json;
using CrmPlatform.Graph.Plan;

namespace CrmPlatform.Graph.Model;

/// <summary>Reads values of records.</summary>
internal static class Values
{
    private static readonly JsonElement None = JsonSerializer.SerializeToElement(Array.Empty<object>());

    /// <summary>A member of an object, or nothing.</summary>
    public static object? Of(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A field of a record.</summary>
    public static object? Of(object row, string name) => Of(((Row)row).Json, name);

    /// <summary>The members of a list; none where there is no list.</summary>
    public static object? List(object row, string name) => Of(row, name) is JsonElement { ValueKind: JsonValueKind.Array } list ? list : None;
}
