using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>How a graph describes itself: the types behind <c>__schema</c> and <c>__type</c>.</summary>
internal static class Introspection
{
    private static readonly EnumType Kind = Choice("__TypeKind", "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL");
    private static readonly EnumType Place = Choice("__DirectiveLocation", [.. Places.All.Order(StringComparer.Ordinal)]);

    private static readonly ObjectType Type = new("__Type") { Says = "A type of the graph." };
    private static readonly ObjectType FieldType = new("__Field") { Says = "A field of an object or an interface." };
    private static readonly ObjectType Value = new("__InputValue") { Says = "An argument, or a field of an input." };
    private static readonly ObjectType Member = new("__EnumValue") { Says = "One of the values of an enum." };
    private static readonly ObjectType Directive = new("__Directive") { Says = "What can be said about a part of a document." };

    /// <summary>The whole graph.</summary>
    public static readonly ObjectType Schema = new("__Schema") { Says = "All that can be asked." };

    private static readonly InputValue Older = new("includeDeprecated", BuiltIn.Boolean) { Otherwise = new BooleanNode(0, false) };

    /// <summary>The name of an object's type.</summary>
    public static readonly Field TypeName = new("__typename", BuiltIn.String.NonNull)
    {
        Says = "The name of the object's type.",
        Read = (_, call) => call.On.Name,
    };

    /// <summary>The graph itself.</summary>
    public static readonly Field SchemaField = new("__schema", Schema.NonNull)
    {
        Says = "All that can be asked.",
        Read = (_, call) => call.Types,
    };

    /// <summary>One of its types.</summary>
    public static readonly Field TypeField = new("__type", Type)
    {
        Says = "One of the types.",
        Arguments = [new("name", BuiltIn.String.NonNull)],
        Read = (_, call) => call.Types.Find((string)call.Arguments["name"]!),
    };

    static Introspection()
    {
        Add<TypeSystem>(Schema, "description", BuiltIn.String, s => s.Says);
        Add<TypeSystem>(Schema, "types", Type.NonNull.List.NonNull, s => s.Types.Values);
        Add<TypeSystem>(Schema, "queryType", Type.NonNull, s => s.Query);
        Add<TypeSystem>(Schema, "mutationType", Type, s => s.Mutation);
        Add<TypeSystem>(Schema, "subscriptionType", Type, s => s.Subscription);
        Add<TypeSystem>(Schema, "directives", Directive.NonNull.List.NonNull, s => s.Directives);

        Add<GraphType>(Type, "kind", Kind.NonNull, KindOf);
        Add<GraphType>(Type, "name", BuiltIn.String, t => (t as NamedType)?.Name);
        Add<GraphType>(Type, "description", BuiltIn.String, t => (t as NamedType)?.Says);
        Add<GraphType>(Type, "specifiedByURL", BuiltIn.String, t => (t as ScalarType)?.SpecifiedBy);
        Some<GraphType>(Type, "fields", FieldType, (t, old) => (t as IHasFields)?.Fields.Values.Where(f => old || f.Deprecated is null));
        Add<GraphType>(Type, "interfaces", Type.NonNull.List, t => (t as IHasFields)?.Interfaces);
        Type.Add(new("possibleTypes", Type.NonNull.List) { Read = (t, call) => t is AbstractType of ? Ordered(of, call.Types) : null });
        Some<GraphType>(Type, "enumValues", Member, (t, old) => (t as EnumType)?.Values.Values.Where(v => old || v.Deprecated is null));
        Some<GraphType>(Type, "inputFields", Value, (t, old) => (t as InputType)?.Fields.Values.Where(v => old || v.Deprecated is null));
        Add<GraphType>(Type, "ofType", Type, t => t is ListType list ? list.Of : (t as NonNullType)?.Of);
        Add<GraphType>(Type, "isOneOf", BuiltIn.Boolean, t => (t as InputType)?.OneOf);

        Add<Field>(FieldType, "name", BuiltIn.String.NonNull, f => f.Name);
        Add<Field>(FieldType, "description", BuiltIn.String, f => f.Says);
        Some<Field>(FieldType, "args", Value, (f, old) => f.Arguments.Where(a => old || a.Deprecated is null), always: true);
        Add<Field>(FieldType, "type", Type.NonNull, f => f.Type);
        Add<Field>(FieldType, "isDeprecated", BuiltIn.Boolean.NonNull, f => f.Deprecated is not null);
        Add<Field>(FieldType, "deprecationReason", BuiltIn.String, f => f.Deprecated);

        Add<InputValue>(Value, "name", BuiltIn.String.NonNull, v => v.Name);
        Add<InputValue>(Value, "description", BuiltIn.String, v => v.Says);
        Add<InputValue>(Value, "type", Type.NonNull, v => v.Type);
        Add<InputValue>(Value, "defaultValue", BuiltIn.String, v => v.Otherwise is null ? null : SchemaText.Value(v.Default, v.Type));
        Add<InputValue>(Value, "isDeprecated", BuiltIn.Boolean.NonNull, v => v.Deprecated is not null);
        Add<InputValue>(Value, "deprecationReason", BuiltIn.String, v => v.Deprecated);

        Add<EnumValue>(Member, "name", BuiltIn.String.NonNull, v => v.Name);
        Add<EnumValue>(Member, "description", BuiltIn.String, v => v.Says);
        Add<EnumValue>(Member, "isDeprecated", BuiltIn.Boolean.NonNull, v => v.Deprecated is not null);
        Add<EnumValue>(Member, "deprecationReason", BuiltIn.String, v => v.Deprecated);

        Add<DirectiveType>(Directive, "name", BuiltIn.String.NonNull, d => d.Name);
        Add<DirectiveType>(Directive, "description", BuiltIn.String, d => d.Says);
        Add<DirectiveType>(Directive, "isRepeatable", BuiltIn.Boolean.NonNull, d => d.Repeatable);
        Add<DirectiveType>(Directive, "locations", Place.NonNull.List.NonNull, d => d.Places);
        Some<DirectiveType>(Directive, "args", Value, (d, old) => d.Arguments.Where(a => old || a.Deprecated is null), always: true);
    }

    private static IEnumerable<ObjectType> Ordered(AbstractType of, TypeSystem types) =>
        of is UnionType union ? union.Types : types.Types.Values.OfType<ObjectType>().Where(types.Possible(of).Contains);

    private static string KindOf(GraphType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };

    private static void Add<T>(ObjectType on, string name, GraphType type, Func<T, object?> read) =>
        on.Add(new(name, type) { Read = (one, _) => read((T)one) });

    private static void Some<T>(ObjectType on, string name, NamedType type, Func<T, bool, object?> read, bool always = false) =>
        on.Add(new(name, always ? type.NonNull.List.NonNull : type.NonNull.List)
        {
            Arguments = [Older],
            Read = (one, call) => read((T)one, call.Arguments["includeDeprecated"] is true),
        });

    private static EnumType Choice(string name, params string[] values)
    {
        var made = new EnumType(name);
        foreach (var value in values)
            made.Values.Add(value, new(value));
        return made;
    }
}
