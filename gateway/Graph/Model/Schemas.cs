using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;

namespace CrmPlatform.Graph.Model;

/// <summary>
/// What a service's document says of its slices, as types. A schema with a name is a type of that name; one that is a record type's is that type, so
/// that what a slice answers with leads on like any record.
/// </summary>
internal sealed class Schemas(
    string service, JsonElement document, IReadOnlyList<Kept> all, Dictionary<string, NamedType> made, IReadOnlySet<string> taken, NamedType actor,
    Dictionary<string, (Schemas Of, JsonElement Schema)> sources)
{
    private readonly Dictionary<string, NamedType> own = new(StringComparer.Ordinal) { [actor.Name] = actor };

    /// <summary>The slice behind a route.</summary>
    public SliceOperation? Operation(string route, string method) =>
        document.ValueKind == JsonValueKind.Object && Member(document, "paths") is { } paths && Member(paths, route) is { } path
        && Member(path, method.ToLowerInvariant()) is { } operation ? new(this, operation) : null;

    /// <summary>What is answered.</summary>
    public GraphType Output(JsonElement schema, string name)
    {
        var (named, isNull) = Found(schema, ref name);
        GraphType type = Kind(named) switch
        {
            _ when Simple(named, name) is { } simple => simple,
            "array" when Member(named, "items") is { } items => Output(items, $"{name}Item").List,
            "object" when Member(named, "properties") is { } properties && properties.EnumerateObject().Any() => Object(named, properties, name),
            _ => Scalars.Json,
        };
        return isNull ? type : type.NonNull;
    }

    /// <summary>What is told.</summary>
    public GraphType Input(JsonElement schema, string name, string? anything = null)
    {
        var (named, isNull) = Found(schema, ref name);
        if (anything is not null)
            name = OfAny(name);
        GraphType type = Kind(named) switch
        {
            _ when Simple(named, name) is { } simple => simple,
            "array" when Member(named, "items") is { } items => Input(items, $"{name}Item", anything).List,
            "object" when Member(named, "properties") is { } properties && properties.EnumerateObject().Any() => Told(named, properties, name, anything),
            _ => Scalars.Json,
        };
        return isNull ? type : type.NonNull;
    }

    /// <summary>JSON as the executor reads it: a record where the type is one.</summary>
    public static object? Value(GraphType type, JsonElement json, IReadOnlyList<Kept> all)
    {
        if (type.Named is not ObjectType to || all.FirstOrDefault(of => ReferenceEquals(of.Type, to)) is not { } kept)
            return json;
        return json.ValueKind switch
        {
            JsonValueKind.Object => new Row(kept, json),
            JsonValueKind.Array => json.EnumerateArray().Select(item => Value(to, item, all)).ToArray(),
            _ => null,
        };
    }

    internal IReadOnlyList<Kept> All => all;

    internal static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;

    internal static string? Text(JsonElement of, string name) => Member(of, name)?.GetString();

    private NamedType Object(JsonElement schema, JsonElement properties, string name)
    {
        if (all.FirstOrDefault(of => of.Model.Service == service && Names.Type(of.Model.Record) == name) is { } kept)
            return kept.Type;
        if (own.TryGetValue(name, out var known) || Shared(schema, name, out known))
            return known;
        var type = Named(name, free => new ObjectType(free) { Says = Text(schema, "description") ?? Names.Spoken(free) });
        sources.TryAdd(type.Name, (this, schema));
        foreach (var property in properties.EnumerateObject().Where(p => Names.Is(p.Name)))
        {
            var (field, holds) = (property.Name, Output(property.Value, $"{name}{Names.Type(property.Name)}"));
            type.Fields.TryAdd(field, new(field, IsRequired(schema, field) ? holds : holds.Nullable)
            {
                Says = Text(property.Value, "description") ?? Names.Spoken(property.Name),
                Read = (json, _) => ((JsonElement)json).TryGetProperty(field, out var value) ? Value(holds, value, all) : null,
            });
        }
        return type;
    }

    private NamedType Told(JsonElement schema, JsonElement properties, string name, string? anything)
    {
        name = $"{Without("Request", Without("Input", name))}Input";
        if (own.TryGetValue(name, out var known))
            return known;
        var type = Named(name, free => new InputType(free) { Says = Text(schema, "description") ?? Names.Spoken(free) });
        foreach (var property in properties.EnumerateObject().Where(p => Names.Is(p.Name)))
        {
            var holds = property.Name == anything ? Scalars.Json : Input(property.Value, $"{name[..^5]}{Names.Type(property.Name)}", anything);
            type.Fields.TryAdd(property.Name, new(property.Name, IsRequired(schema, property.Name) ? holds : holds.Nullable)
            {
                Says = Text(property.Value, "description") ?? Names.Spoken(property.Name),
            });
        }
        return type;
    }

    // Where a schema's name leads; what may be null is written as one of two.
    private (JsonElement Schema, bool IsNull) Found(JsonElement schema, ref string name)
    {
        var isNull = false;
        foreach (var choice in (string[])["oneOf", "anyOf"])
            if (Member(schema, choice) is { ValueKind: JsonValueKind.Array } some)
            {
                var others = some.EnumerateArray().Where(s => Text(s, "$ref") is not null || Kind(s) != "null").ToList();
                isNull |= others.Count < some.GetArrayLength();
                if (others.Count != 1)
                    return (default, isNull);
                schema = others[0];
            }
        if (Text(schema, "$ref") is { } reference)
        {
            name = reference[(reference.LastIndexOf('/') + 1)..];
            schema = Component(name);
        }
        return (schema, isNull
            || (Member(schema, "type") is { ValueKind: JsonValueKind.Array } types && types.EnumerateArray().Any(t => t.ValueEquals("null"))));
    }

    private NamedType? Simple(JsonElement schema, string name) => (Kind(schema), Text(schema, "format")) switch
    {
        (_, _) when Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values => Choice(values, Text(schema, "description"), name),
        ("string", "uuid") => BuiltIn.Id,
        ("string", "date") => Scalars.Date,
        ("string", "date-time") => Scalars.DateTime,
        ("string", _) => BuiltIn.String,
        ("integer", _) => BuiltIn.Int,
        ("number", _) => Scalars.Decimal,
        ("boolean", _) => BuiltIn.Boolean,
        ("object", _) when name == nameof(Scalars.Money) => Scalars.Money,
        _ => null,
    };

    private NamedType Choice(JsonElement values, string? says, string name)
    {
        string[] names = [.. values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)];
        if (names.Length == 0 || !names.All(v => Names.Is(v) && v is not ("true" or "false" or "null")))
            return BuiltIn.String;
        if (own.TryGetValue(name, out var known))
            return known;
        var schema = Component(name);
        if (Shared(schema, name, out known))
            return known;
        var type = Named(name, free => new EnumType(free) { Says = says ?? Names.Spoken(free) });
        sources.TryAdd(type.Name, (this, schema));
        foreach (var value in names)
            type.Values.TryAdd(value, new(value));
        return type;
    }

    // What services have from the platform (a job, a conflict) is one type, whichever of them says it: it is called the same for all callers.
    private bool Shared(JsonElement schema, string name, [NotNullWhen(true)] out NamedType? known)
    {
        known = sources.TryGetValue(name, out var from) && from.Of != this && IsSame(schema, from.Of, from.Schema, []) ? made[name] : null;
        if (known is not null)
            own[name] = known;
        return known is not null;
    }

    private bool IsSame(JsonElement one, Schemas there, JsonElement other, HashSet<string> seen)
    {
        if (one.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined || one.GetRawText() != other.GetRawText())
            return false;
        foreach (var reference in References(one).Where(seen.Add))
            if (!IsSame(Component(reference), there, there.Component(reference), seen))
                return false;
        return true;
    }

    private JsonElement Component(string name) => Member(Member(Member(document, "components") ?? default, "schemas") ?? default, name) ?? default;

    private static IEnumerable<string> References(JsonElement of) => of.ValueKind switch
    {
        JsonValueKind.Object => of.EnumerateObject().SelectMany(p => p.Name == "$ref" && p.Value.ValueKind == JsonValueKind.String
            ? [p.Value.GetString()![(p.Value.GetString()!.LastIndexOf('/') + 1)..]] : References(p.Value)),
        JsonValueKind.Array => of.EnumerateArray().SelectMany(References),
        _ => [],
    };

    // Two services may have a schema of one name, and it may be that of something else.
    private T Named<T>(string name, Func<string, T> make)
        where T : NamedType
    {
        var free = taken.Contains(name) || made.ContainsKey(name) ? $"{Names.Type(service)}{name}" : name;
        var type = make(free);
        (own[name], made[free]) = (type, type);
        return type;
    }

    // What is said of one record type is meant for all: a `BatchOperationOfContact` is a `BatchOperation`.
    private string OfAny(string name) =>
        all.Select(of => $"Of{Names.Type(of.Model.Record)}").FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } end
            ? Without(end, name) : name;

    private static string Without(string end, string name) => name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;

    private static bool IsRequired(JsonElement schema, string name) =>
        Member(schema, "required") is { ValueKind: JsonValueKind.Array } all && all.EnumerateArray().Any(r => r.ValueEquals(name));

    private static string? Kind(JsonElement schema) => Member(schema, "type") is not { } type ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).FirstOrDefault(t => t != "null") : type.GetString();
}
