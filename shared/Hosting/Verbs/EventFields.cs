using System.Text.Json;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>A field of a record as the catalogue of events shows it: a name, a type on the wire, a believable value.</summary>
internal sealed record EventFields(string Name, Type Clr)
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
           select new EventFields(field.Kind == FieldKind.Custom ? "custom.…" : field.Name, field.Property.PropertyType),
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
        var t when t.IsArray => $"list of {Kind(t.GetElementType()!)}",
        { IsEnum: true } t => $"one of {string.Join(", ", Enum.GetNames(t).Select(Camel))}",
        var t when t == typeof(string) => "text",
        { IsGenericType: true } t when t.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => $"list of {Kind(t.GetGenericArguments()[0])}",
        { IsGenericType: true } => "a field that the tenant has added, by its name",
        var t => $"{{ {string.Join(", ", t.GetProperties().Select(p => Camel(p.Name)))} }}",
    };

    public object? Example(bool after) => Example(Clr, after);

    public static object? Example(Type type, bool after) => Bare(type) switch
    {
        var t when t == typeof(Guid) => SomeId,
        var t when t == typeof(bool) => after,
        var t when t == typeof(int) || t == typeof(long) => after ? 12 : 11,
        var t when t == typeof(decimal) => after ? 99.5m : 80m,
        var t when t == typeof(DateOnly) => after ? "2026-01-31" : "2025-12-31",
        var t when t == typeof(DateTimeOffset) => after ? "2026-01-31T12:00:00Z" : "2025-12-31T12:00:00Z",
        var t when t.IsArray => after ? new[] { "vip" } : [],
        { IsEnum: true } t => Camel(Enum.GetNames(t)[after ? ^1 : 0]),
        var t when t != typeof(string) => null,
        _ => after ? "after" : "before",
    };

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
