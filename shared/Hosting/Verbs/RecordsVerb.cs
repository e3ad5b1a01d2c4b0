using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Hosting.Verbs.Catalogue;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>
/// Which records there are with which fields, for the service that tells others of all of them: what it cannot ask the services it knows from the file that
/// holds this. A field line says what it holds, and with which other fields it is hidden.
/// </summary>
internal static class RecordsVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var records = from service in apps.OfType<Service>()
                      from kept in service.Contents.Records
                      orderby $"{service.Name}.{kept.Type.Name}"
                      select $"  \"{service.Name}.{kept.Type.Name}\": {{\n{string.Join(",\n", Lines(kept.Type))}\n  }}";
        Console.Write($"{{\n{string.Join(",\n", records)}\n}}\n");
        return Task.FromResult(0);
    }

    private static IEnumerable<string> Lines(RecordType type)
    {
        if (type.IsModel)
            yield return "    \"$model\": true";
        foreach (var field in type.Fields.Where(field => field.Kind != FieldKind.Custom))
            yield return $"    \"{field.Name}\": {Of(type, field).ToJsonString()}";
    }

    private static JsonObject Of(RecordType type, Field field)
    {
        var line = new JsonObject { ["kind"] = EventFields.Camel($"{field.Kind}") };
        if (type.Fields.Where(f => f != field && (field.MadeFrom.Contains(f.Property.Name) || f.MadeFrom.Contains(field.Property.Name)))
            .Select(f => (JsonNode)f.Name).ToArray() is { Length: > 0 } with)
            line["with"] = new JsonArray(with);
        if (field.IsDerived)
            line["derived"] = true;
        if (field.Choices is { } choices)
            line["choices"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]);
        if (field.Kind == FieldKind.Address)
            line["parts"] = Parts(Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType);
        else if (field.Kind == FieldKind.List)
            line["parts"] = Parts(field.Property.PropertyType.GetGenericArguments()[0]);
        return line;
    }

    private static JsonObject Parts(Type type) => new(EventFields.Parts(type).Select(part => KeyValuePair.Create(
        EventFields.Camel(part.Name), (JsonNode?)JsonNamingPolicy.CamelCase.ConvertName($"{KindOf(part.PropertyType)}"))));

    private static FieldKind KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => FieldKind.Boolean,
        var t when t == typeof(Guid) => FieldKind.Reference,
        var t when t == typeof(int) || t == typeof(long) => FieldKind.Integer,
        var t when t == typeof(decimal) => FieldKind.Number,
        var t when t == typeof(DateOnly) => FieldKind.Date,
        var t when t == typeof(DateTimeOffset) => FieldKind.Instant,
        { IsEnum: true } => FieldKind.Choice,
        _ => FieldKind.Text,
    };
}
