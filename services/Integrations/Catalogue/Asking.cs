using System.Text.Json;
using CrmPlatform.Query;

namespace CrmPlatform.Integrations.Catalogue;

/// <summary>What can be asked of a record of another service in the filter language, in memory: its own fields and those the tenant has added.</summary>
internal static class Asking
{
    /// <summary>The shape of a record type.</summary>
    /// <param name="record">The record type.</param>
    /// <param name="own">The fields that the tenant has added to it, with what they hold.</param>
    /// <param name="shows">Which fields whoever asks may know of.</param>
    public static Shape Of(KnownRecord record, IEnumerable<(string Name, string Kind)> own, Func<string, bool> shows) => new(record.Bare, "",
    [
        new Field("id", Kind.Reference, "", row => ((State)row).Id),
        new Field("version", Kind.Number, "", row => ((State)row).Version),
        .. record.Fields.Values.Where(field => !field.IsDerived && shows(field.Name)).Select(Declared).OfType<Member>(),
        new Group("custom", new Shape("custom", "", own.Where(field => shows($"custom.{field.Name}")).Select(field => Plain($"custom.{field.Name}", field.Kind)
            with { Name = field.Name }))),
    ]);

    private static Member? Declared(KnownField field) => field.Kind switch
    {
        "json" or "custom" => null,
        "address" => new Group(field.Name, new Shape(field.Name, "", field.Parts.Select(part => new Field(
            part.Name, Kind.Text, "", row => Part(Of(row, field.Name), part.Name, Kind.Text))))),
        "list" => new Children(field.Name, new Link(() => Members(field), "", row => InList(Of(row, field.Name)))) { Main = field.Parts[0].Name },
        _ => Plain(field.Name, field.Kind) with { Choices = field.Choices },
    };

    private static Field Plain(string name, string kind) => new(name, KindOf(kind), "", row => State.Value(Of(row, name), KindOf(kind)));

    private static Shape Members(KnownField field) => new(field.Name, "", field.Parts.Select(part => new Field(
        part.Name, KindOf(part.Kind), "", row => Part((JsonElement)row, part.Name, KindOf(part.Kind)))));

    private static IEnumerable<object> InList(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(member => (object)member) : [];

    private static object? Part(JsonElement whole, string name, Kind kind) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) ? State.Value(part, kind) : null;

    private static JsonElement Of(object row, string field) => ((State)row).Fields.GetValueOrDefault(field);

    private static Kind KindOf(string kind) => kind switch
    {
        "integer" or "number" or "rating" => Kind.Number,
        "money" => Kind.Money,
        "date" => Kind.Date,
        "instant" => Kind.Instant,
        "boolean" => Kind.Boolean,
        "choice" => Kind.Choice,
        "multiChoice" or "texts" => Kind.List,
        "reference" => Kind.Reference,
        _ => Kind.Text,
    };
}
