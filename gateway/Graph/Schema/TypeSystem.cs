namespace CrmPlatform.Graph.Schema;

/// <summary>All types of a graph, and where asking begins.</summary>
public sealed class TypeSystem
{
    private readonly Dictionary<string, HashSet<ObjectType>> possible = new(StringComparer.Ordinal);

    /// <summary>Gathers all types that can be reached.</summary>
    public TypeSystem(ObjectType query, ObjectType? mutation = null, ObjectType? subscription = null,
        IEnumerable<NamedType>? types = null, IEnumerable<DirectiveType>? directives = null, string? says = null)
    {
        (Query, Mutation, Subscription, Says) = (query, mutation, subscription, says);
        Directives = [.. directives ?? [], .. BuiltIn.Directives.Where(d => directives?.Any(own => own.Name == d.Name) is not true)];
        foreach (var type in new NamedType?[] { query, mutation, subscription }.OfType<NamedType>().Concat(types ?? []))
            Gather(type);
        foreach (var argument in Directives.SelectMany(d => d.Arguments))
            Gather(argument.Type.Named);
        Gather(Introspection.Schema);
        foreach (var type in Types.Values)
            Belongs(type);
    }

    /// <summary>Where asking begins.</summary>
    public ObjectType Query { get; }

    /// <summary>Where changing begins.</summary>
    public ObjectType? Mutation { get; }

    /// <summary>Where being told begins.</summary>
    public ObjectType? Subscription { get; }

    /// <summary>What it is, for people.</summary>
    public string? Says { get; }

    /// <summary>All types by name.</summary>
    public OrderedDictionary<string, NamedType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>What can be said about parts of a document.</summary>
    public IReadOnlyList<DirectiveType> Directives { get; }

    /// <summary>The type with a name.</summary>
    public NamedType? Find(string name) => Types.GetValueOrDefault(name);

    /// <summary>The directive with a name.</summary>
    public DirectiveType? Directive(string name)
    {
        foreach (var directive in Directives)
            if (directive.Name == name)
                return directive;
        return null;
    }

    /// <summary>Where an operation begins.</summary>
    public ObjectType? Root(Language.OperationKind kind) => kind switch
    {
        Language.OperationKind.Query => Query,
        Language.OperationKind.Mutation => Mutation,
        _ => Subscription,
    };

    /// <summary>The type that is named in a document.</summary>
    public GraphType? Find(Language.TypeNode node) => node switch
    {
        Language.NonNullTypeNode some => Find(some.Of)?.NonNull,
        Language.ListTypeNode list => Find(list.Of)?.List,
        Language.NamedTypeNode named => Find(named.Name.Text),
        _ => null,
    };

    /// <summary>The objects that a value of a type can be.</summary>
    public IReadOnlySet<ObjectType> Possible(NamedType type) =>
        possible.TryGetValue(type.Name, out var all) ? all : type is ObjectType one ? new HashSet<ObjectType> { one } : new HashSet<ObjectType>();

    /// <summary>Whether a value can be of both types.</summary>
    public bool Overlap(NamedType one, NamedType other) =>
        ReferenceEquals(one, other) || Possible(one).Overlaps(Possible(other));

    /// <summary>Whether every value of one type is one of the other.</summary>
    public bool IsSubtype(GraphType one, GraphType of) => (one, of) switch
    {
        _ when ReferenceEquals(one, of) => true,
        (NonNullType some, NonNullType other) => IsSubtype(some.Of, other.Of),
        (_, NonNullType) => false,
        (NonNullType some, _) => IsSubtype(some.Of, of),
        (ListType some, ListType other) => IsSubtype(some.Of, other.Of),
        (ObjectType some, AbstractType other) => Possible(other).Contains(some),
        (InterfaceType some, InterfaceType other) => some.Interfaces.Contains(other),
        _ => false,
    };

    /// <summary>The field that is called so on a type, those every type has included.</summary>
    public Field? FieldOf(NamedType type, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
            return name == Introspection.TypeName.Name && type.IsComposite ? Introspection.TypeName
                : !ReferenceEquals(type, Query) ? null
                : name == Introspection.SchemaField.Name ? Introspection.SchemaField
                : name == Introspection.TypeField.Name ? Introspection.TypeField : null;
        return type is IHasFields has ? has.Fields.GetValueOrDefault(name) : null;
    }

    private void Gather(NamedType type)
    {
        if (!Types.TryAdd(type.Name, type))
            return;
        foreach (var other in Uses(type))
            Gather(other);
    }

    private static IEnumerable<NamedType> Uses(NamedType type) => type switch
    {
        UnionType union => union.Types,
        InputType input => input.Fields.Values.Select(f => f.Type.Named),
        IHasFields has => has.Interfaces.Concat(has.Fields.Values.SelectMany(f => f.Arguments.Select(a => a.Type.Named).Append(f.Type.Named))),
        _ => [],
    };

    private void Belongs(NamedType type)
    {
        if (type is ObjectType one)
            foreach (var of in one.Interfaces.Cast<NamedType>().Append(one))
                Of(of).Add(one);
        if (type is UnionType union)
            Of(union).UnionWith(union.Types);
        if (type is InterfaceType empty)
            Of(empty);
    }

    private HashSet<ObjectType> Of(NamedType type) => possible.TryGetValue(type.Name, out var all) ? all : possible[type.Name] = [];
}
