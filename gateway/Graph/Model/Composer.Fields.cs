using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Records.Model;

namespace CrmPlatform.Graph.Model;

/// <content>Fields of records, connections, and what is computed of them.</content>
internal sealed partial class Composer
{
    private readonly Dictionary<string, ObjectType> connections = [];
    private readonly Dictionary<string, NamedType> made = [];

    private void Fill(Kept of)
    {
        foreach (var field in of.Model.Fields.Where(f => f.Origin != "custom" && Names.Is(f.Name)))
        {
            of.Type.Fields.TryAdd(field.Name, Field(of, field));
            if (field is { Kind: "reference", Refers: { } refers, Masked: false } && field.Name.EndsWith("Id", StringComparison.Ordinal)
                && Find(of.Model, refers) is { } to)
                of.Type.Fields.TryAdd(field.Name[..^2], new(field.Name[..^2], to.Type) { Says = field.Label, Fetched = new Referred(to, field.Name) });
        }
        Custom(of);
        if (of.Model.Fields.Any(f => f.Masked))
            of.Type.Fields.TryAdd("masked", new("masked", BuiltIn.String.NonNull.List.NonNull)
            {
                Says = "Fields that have a value which is kept from you.",
                Read = (row, _) => Values.List(row, "$masked"),
                Fetched = new InColumn(null),
            });
        of.Type.Fields.TryAdd("history", new("history", common["HistoryEntry"].NonNull.List)
        {
            Says = "What happened to it, newest first.",
            Arguments = [First(HistoryOf.Usual)],
            Fetched = new HistoryOf(of),
        });
    }

    private void Custom(Kept of)
    {
        var own = of.Model.Fields.Where(f => f.Origin == "custom").Select(f => (Model: f, Name: f.Name.Split('.')[^1])).Where(f => Names.Is(f.Name)).ToList();
        if (own.Count == 0)
            return;
        var type = new ObjectType($"{of.Type.Name}Custom") { Says = $"Fields that were added to {of.Model.Labels}." };
        foreach (var (model, name) in own)
            type.Fields.TryAdd(name, new(name, TypeOf(of, model, name, nullable: true))
            {
                Says = Says(model),
                Deprecated = model.Retired ? "Out of use: its values can be read, found and emptied." : null,
                Read = (custom, _) => Values.Of((JsonElement)custom, name),
            });
        of.Type.Fields.TryAdd("custom", new("custom", type)
        {
            Says = "Fields that were added.",
            Read = (row, _) => Values.Of(row, "custom"),
            Fetched = new InColumn("custom"),
        });
    }

    private Field Field(Kept of, FieldModel model)
    {
        var (name, isList) = (model.Name, model.Kind is "list" or "texts" or "multiChoice" && !model.Masked);
        var type = name == "id" ? BuiltIn.Id.NonNull : name is "createdBy" or "updatedBy" ? common["Actor"]
            : TypeOf(of, model, Names.Type(name), nullable: !isList);
        return new(name, type)
        {
            Says = Says(model),
            Deprecated = model.Deprecated,
            Read = isList ? (row, _) => Values.List(row, name) : (row, _) => Values.Of(row, name),
            Fetched = new InColumn(model.Masked ? null : name),
        };
    }

    private GraphType TypeOf(Kept of, FieldModel model, string name, bool nullable)
    {
        GraphType type = (model.Gives ?? model.Kind) switch
        {
            "integer" or "rating" => BuiltIn.Int,
            "number" => Scalars.Decimal,
            "money" => Scalars.Money,
            "date" => Scalars.Date,
            "instant" => Scalars.DateTime,
            "boolean" => BuiltIn.Boolean,
            "choice" => Choice(of, model, name),
            "multiChoice" => Choice(of, model, name).NonNull.List,
            "texts" => BuiltIn.String.NonNull.List,
            "reference" => BuiltIn.Id,
            "address" => Parts("Address", model),
            "list" => Parts($"{of.Type.Name}{Names.Type(name)}Item", model).NonNull.List,
            "json" => Scalars.Json,
            _ => BuiltIn.String,
        };
        return nullable ? type : type.NonNull;
    }

    // Choices are an enum where all of them can be names.
    private NamedType Choice(Kept of, FieldModel model, string name)
    {
        if (model.Choices is not { Count: > 0 } choices || !choices.All(c => Names.Is(c.Value) && c.Value is not ("true" or "false" or "null")))
            return BuiltIn.String;
        var key = $"{of.Type.Name}{(model.Origin == "custom" ? "Custom" : "")}{Names.Type(name)}";
        if (made.TryGetValue(key, out var known))
            return known;
        var type = new EnumType(key) { Says = model.Label };
        foreach (var choice in choices)
            type.Values.TryAdd(choice.Value, new(choice.Value, choice.Label, choice.Retired ? "Nobody chooses it any more." : null));
        return (NamedType)(made[key] = type);
    }

    private NamedType Parts(string name, FieldModel model)
    {
        if (model.Parts is not { Count: > 0 } parts)
            return Scalars.Json;
        if (made.TryGetValue(name, out var known))
            return known;
        var type = new ObjectType(name) { Says = model.Label };
        foreach (var part in parts.Where(p => Names.Is(p.Name)))
            type.Fields.TryAdd(part.Name, new(part.Name, PartType(part))
            {
                Says = Names.Spoken(part.Name),
                Read = (json, _) => Values.Of((JsonElement)json, part.Name),
            });
        return (NamedType)(made[name] = type);
    }

    private static GraphType PartType(PartModel part) => part.Kind switch
    {
        "boolean" => BuiltIn.Boolean,
        "number" => Scalars.Decimal,
        "money" => Scalars.Money,
        "date" => Scalars.Date,
        "instant" => Scalars.DateTime,
        "reference" => BuiltIn.Id,
        "list" => BuiltIn.String.NonNull.List,
        "json" => Scalars.Json,
        _ => BuiltIn.String,
    };

    private ObjectType Connection(Kept of)
    {
        if (connections.TryGetValue(of.Type.Name, out var known))
            return known;
        var edge = new ObjectType($"{of.Type.Name}Edge") { Says = $"A {of.Model.Label} in a list." }
            .Add(new("node", of.Type.NonNull) { Says = "The record.", Read = (edge, _) => ((Edge)edge).Row })
            .Add(new("cursor", BuiltIn.String.NonNull) { Says = "What to send as `after` for what comes after it.", Read = (edge, _) => ((Edge)edge).Cursor });
        var connection = connections[of.Type.Name] = new ObjectType($"{of.Type.Name}Connection") { Says = $"A page of {of.Model.Labels}." };
        connection.Add(new("nodes", of.Type.NonNull.List.NonNull) { Says = "The records.", Read = (page, _) => ((Page)page).Rows })
            .Add(new("edges", edge.NonNull.List.NonNull)
            {
                Says = "The records, each with its place.",
                Read = (page, _) => ((Page)page).Rows.Select((row, i) => new Edge(row, ((Page)page).Cursors.ElementAtOrDefault(i))).ToArray(),
            })
            .Add(new("pageInfo", common["PageInfo"].NonNull) { Says = "Where the page is in the list.", Read = (page, _) => page })
            .Add(new("totalCount", BuiltIn.Int.NonNull) { Says = "How many records the whole list has.", Read = (page, _) => ((Page)page).Total });
        var computed = Computed(of);
        connection.Add(new("aggregate", computed)
        {
            Says = "What is computed of the whole list.",
            Read = (page, call) => ((Page)page).Computed[call.Selected.Key],
        })
            .Add(new("groups", computed.NonNull.List)
            {
                Says = "The same for each group of records with the same values, the largest first.",
                Arguments = [new("by", BuiltIn.String.NonNull.List.NonNull) { Says = "Fields: `industry`, `custom.size`." }],
                Read = (page, call) => ((Page)page).Computed[call.Selected.Key],
            });
        return connection;
    }

    private static ObjectType Computed(Kept of)
    {
        var type = new ObjectType($"{of.Type.Name}Aggregate") { Says = $"What is computed of {of.Model.Labels}." }
            .Add(new("group", Scalars.Json) { Says = "The values they have in common, by field.", Read = (json, _) => Values.Of((JsonElement)json, "group") })
            .Add(new("count", BuiltIn.Int.NonNull) { Says = "How many they are.", Read = (json, _) => Values.Of((JsonElement)json, "count") });
        var fields = of.Model.Fields.Where(f => f.Origin != "custom" && !f.Masked && Names.Is(f.Name)).ToList();
        Function(type, of, "sum", [.. fields.Where(f => f.Kind is "integer" or "number" or "money")], _ => Scalars.Decimal);
        Function(type, of, "avg", [.. fields.Where(f => f.Kind is "integer" or "number" or "money" or "rating")], _ => Scalars.Decimal);
        ScalarType Kept(FieldModel f) => f.Kind switch { "date" => Scalars.Date, "instant" => Scalars.DateTime, _ => Scalars.Decimal };
        FieldModel[] ordered = [.. fields.Where(f => f.Kind is "integer" or "number" or "money" or "rating" or "date" or "instant")];
        Function(type, of, "min", ordered, Kept);
        Function(type, of, "max", ordered, Kept);
        return type;
    }

    private static void Function(ObjectType on, Kept of, string name, IReadOnlyList<FieldModel> fields, Func<FieldModel, ScalarType> type)
    {
        if (fields.Count == 0)
            return;
        var inside = new ObjectType($"{of.Type.Name}{Names.Type(name)}") { Says = $"The {name} of each field, of {of.Model.Labels}." };
        foreach (var field in fields)
            inside.Add(new(field.Name, type(field)) { Says = field.Label, Read = (json, _) => Values.Of((JsonElement)json, field.Name) });
        on.Add(new(name, inside) { Says = inside.Says, Read = (json, _) => Values.Of((JsonElement)json, name) });
    }

    private static string Says(FieldModel model) => model.Help is { Length: > 0 } help ? $"{model.Label}. {help}" : model.Label;

    private sealed record Edge(Row Row, string? Cursor);
}
