using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>A field of a record as the catalogue of events shows it: a name, a type on the wire, a believable value.</summary>
internal sealed record EventFields(string Name, Type Clr, bool IsCustom)
{
    public const string SomeId = "019a9a3c-6a7e-7c31-9f0e-3f5f4f0a1b2c";

    public string Type => Kind(Clr);

    /// <summary>The fields of a record (<c>contacts.contact</c>), if one of the services keeps it.</summary>
    public static IReadOnlyList<EventFields> Of(IEnumerable<Service> services, string record) =>
    [
        .. from service in services
           from kept in service.Contents.Records
           where $"{service.Name}.{kept.Type.Name}" == record
           from field in kept.Type.Fields
           where !field.IsDerived
           select new EventFields(
               field.Kind == FieldKind.Custom ? "custom.…" : field.Name, field.Property.PropertyType, field.Kind == FieldKind.Custom),
    ];

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    public static string Kind(Type type) => Bare(type) switch
    {
        var t when t == typeof(Guid) => "UUID",
        var t when t == typeof(bool) => "boolean",
        var t when t == typeof(int) || t == typeof(long) => "integer",
        var t when t == typeof(decimal) => "number",
        var t when t == typeof(DateOnly) => "date",
        var t when t == typeof(DateTimeOffset) => "time (RFC 3339)",
        var t when MemberOf(t) is { } member => $"list of {Kind(member)}",
        { IsEnum: true } t => $"one of {string.Join(", ", Enum.GetNames(t).Select(Camel))}",
        var t when t == typeof(string) => "text",
        { IsGenericType: true } => "a field that the tenant has added, by its name",
        var t when t == typeof(JsonElement) => "any JSON",
        var t => $"{{ {string.Join(", ", Parts(t).Select(p => Camel(p.Name)))} }}",
    };

    public JsonNode? Example(bool after) => Example(Clr, after);

    public static JsonNode? Example(Type type, bool after) => Bare(type) switch
    {
        var t when t == typeof(Guid) => SomeId,
        var t when t == typeof(bool) => after,
        var t when t == typeof(int) || t == typeof(long) => after ? 12 : 11,
        var t when t == typeof(decimal) => after ? 99.5m : 80m,
        var t when t == typeof(DateOnly) => after ? "2026-01-31" : "2025-12-31",
        var t when t == typeof(DateTimeOffset) => after ? "2026-01-31T12:00:00Z" : "2025-12-31T12:00:00Z",
        var t when t == typeof(string[]) => after ? new JsonArray("vip") : [],
        { IsEnum: true } t => Camel(Enum.GetNames(t)[after ? ^1 : 0]),
        var t when MemberOf(t) is { } member => after ? new JsonArray(Example(member, after)) : [],
        { IsGenericType: true } => new JsonObject(),
        var t when t == typeof(JsonElement) => after ? "after" : "before",
        var t when t != typeof(string) => new JsonObject(Parts(t).Select(part => KeyValuePair.Create(
            Camel(part.Name), IsExact(part) ? after ? "99.50" : "80.00" : Example(part.PropertyType, after)))),
        _ => after ? "after" : "before",
    };

    /// <summary>What a value of several parts consists of, in JSON.</summary>
    public static IEnumerable<PropertyInfo> Parts(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !p.IsDefined(typeof(JsonIgnoreAttribute)));

    /// <summary>Whether a number is told as a text, so that no reader rounds it.</summary>
    public static bool IsExact(PropertyInfo part) => part.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType == typeof(ExactDecimal);

    /// <summary>What a list is of, if it is one.</summary>
    public static Type? MemberOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
