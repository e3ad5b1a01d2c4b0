using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Contracts;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>What is in an event as JSON Schema says it. It is open: what is not in it may come all the same.</summary>
internal static class EventSchemas
{
    private const string SomeTime = "2026-01-31T12:00:00.1234567Z";

    // A change of these says in one word what the field holds.
    private static readonly (string Name, Type Type)[] Plain =
    [
        ("text", typeof(string)), ("texts", typeof(string[])), ("id", typeof(Guid)), ("boolean", typeof(bool)), ("integer", typeof(int)),
        ("number", typeof(decimal)), ("date", typeof(DateOnly)), ("time", typeof(DateTimeOffset)),
    ];

    /// <summary>The fields of a record that may have changed.</summary>
    public static JsonObject Changes(IReadOnlyList<EventFields> fields)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Each field that changed, with its value before and after.",
            ["properties"] = new JsonObject(
                fields.Where(field => !field.IsCustom).Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Change(field.Clr)))),
        };
        if (fields.Any(field => field.IsCustom))
            schema["patternProperties"] = new JsonObject { ["^custom\\."] = Ref("change") };
        return schema;
    }

    /// <summary>The body of an event.</summary>
    public static JsonObject Body(ToldEvent told, JsonObject? changes)
    {
        var properties = new JsonObject { ["id"] = Ref("id"), ["version"] = Ref("version") };
        var required = new JsonArray("id", "version");
        foreach (var fact in told.Facts)
        {
            var name = EventFields.Camel(fact.Name);
            properties[name] = Described(Of(fact.PropertyType, IsNullable(fact)), told.Meaning(fact));
            if (!IsNullable(fact))
                required.Add(name);
        }
        properties["changes"] = changes ?? new JsonObject { ["type"] = "object", ["additionalProperties"] = Ref("change") };
        foreach (var more in (string[])["trashed", "mergedInto", "undoes"])
            properties[more] = Ref(more);
        return new() { ["type"] = "object", ["required"] = required, ["properties"] = properties };
    }

    /// <summary>What rides in the headers of every event.</summary>
    public static JsonObject Headers()
    {
        var properties = new JsonObject(HeadersOf("contacts.contact.created").Select(header => KeyValuePair.Create(header.Key, (JsonNode?)(
            header.Key.EndsWith("version", StringComparison.Ordinal) && header.Key != "cloudEvents:specversion"
                ? new JsonObject { ["type"] = "integer", ["minimum"] = 1 } : new JsonObject { ["type"] = "string" }))));
        foreach (var id in (string[])["id", "tenant", "operation"])
            properties[$"cloudEvents:{id}"]!["format"] = "uuid";
        properties["cloudEvents:time"]!["format"] = "date-time";
        var required = new JsonArray([.. properties.Select(p => p.Key).Where(name => name != "traceparent").Select(name => (JsonNode)name)]);
        return new()
        {
            ["type"] = "object",
            ["required"] = required,
            ["properties"] = properties,
            ["examples"] = new JsonArray(HeadersOf("contacts.contact.created")),
        };
    }

    private static JsonObject HeadersOf(string type)
    {
        var words = type.Split('.');
        return new()
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = "019a9a3c-6a80-7d4e-8a51-9c1d2e3f4a5b",
            ["cloudEvents:source"] = $"/{words[0]}",
            ["cloudEvents:type"] = type,
            ["cloudEvents:subject"] = $"{words[1]}/{EventFields.SomeId}",
            ["cloudEvents:time"] = SomeTime,
            ["cloudEvents:tenant"] = "019a9a3c-0000-7000-8000-000000000001",
            ["cloudEvents:actor"] = "{\"kind\": \"user\", \"id\": \"019a9a3c-0000-7000-8000-000000000002\", \"name\": \"Ada\"}",
            ["cloudEvents:operation"] = "019a9a3c-6a7f-7b11-bb0c-1d2e3f4a5b6c",
            ["cloudEvents:recordversion"] = words[2] == "created" ? 1 : 4,
            ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        };
    }

    /// <summary>The schemas that many events share.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> Shared() =>
    [
        ("id", Described(Of(typeof(Guid)), "The record it happened to.")),
        ("version", new() { ["type"] = "integer", ["minimum"] = 1, ["description"] = "The record's version after it." }),
        ("trashed", Described(Of(typeof(bool)), "Whether it moved the record into the trash, or out of it.")),
        ("mergedInto", Described(Of(typeof(Guid)), "The record it was merged into.")),
        ("undoes", Described(Of(typeof(Guid)), "The operation that it takes back.")),
        ("change", BeforeAndAfter(() => [])),
        .. Plain.Select(plain => ($"change.{plain.Name}", BeforeAndAfter(() => Of(plain.Type, orNull: true)))),
    ];

    private static JsonObject Change(Type type) => Array.Find(Plain, p => p.Type == EventFields.Bare(type)) is { Name: { } name }
        ? Ref($"change.{name}") : BeforeAndAfter(() => Of(type, orNull: true));

    private static JsonObject BeforeAndAfter(Func<JsonObject> value) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("old", "new"),
        ["properties"] = new JsonObject { ["old"] = value(), ["new"] = value() },
    };

    private static JsonObject Of(Type type, bool orNull = false)
    {
        var schema = Of(EventFields.Bare(type));
        if (!orNull || schema["type"] is not { } word)
            return schema;
        schema["type"] = new JsonArray($"{word}", "null");
        (schema["enum"] as JsonArray)?.Add(null);
        return schema;
    }

    private static JsonObject Of(Type type) => type switch
    {
        var t when t == typeof(string) => Typed("string"),
        var t when t == typeof(Guid) => Typed("string", "uuid"),
        var t when t == typeof(bool) => Typed("boolean"),
        var t when t == typeof(int) || t == typeof(long) => Typed("integer"),
        var t when t == typeof(decimal) => Typed("number"),
        var t when t == typeof(DateOnly) => Typed("string", "date"),
        var t when t == typeof(DateTimeOffset) => Typed("string", "date-time"),
        var t when t == typeof(JsonElement) => [],
        { IsEnum: true } t => new() { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(t).Select(n => (JsonNode)EventFields.Camel(n))]) },
        var t when EventFields.MemberOf(t) is { } member => new() { ["type"] = "array", ["items"] = Of(member, orNull: false) },
        { IsGenericType: true } => Typed("object"),
        var t => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(EventFields.Parts(t).Select(part => KeyValuePair.Create(EventFields.Camel(part.Name), (JsonNode?)Part(part)))),
        },
    };

    private static JsonObject Part(PropertyInfo part) =>
        EventFields.IsExact(part) ? Of(typeof(string), IsNullable(part)) : Of(part.PropertyType, IsNullable(part));

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static JsonObject Typed(string type, string? format = null) =>
        format is null ? new() { ["type"] = type } : new() { ["type"] = type, ["format"] = format };

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Ref(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}
