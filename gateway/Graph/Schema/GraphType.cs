namespace CrmPlatform.Graph.Schema;

/// <summary>What a field or an argument holds. A list of a type, and a type that is never null, exist once: two types are the same if they are one.</summary>
public abstract class GraphType
{
    private ListType? list;
    private NonNullType? nonNull;

    /// <summary>A list of this.</summary>
    public ListType List => list ?? Interlocked.CompareExchange(ref list, new(this), null) ?? list;

    /// <summary>This, and never null.</summary>
    public GraphType NonNull => this as NonNullType ?? nonNull ?? Interlocked.CompareExchange(ref nonNull, new(this), null) ?? nonNull;

    /// <summary>The type inside all lists.</summary>
    public abstract NamedType Named { get; }

    /// <summary>The same, with null allowed.</summary>
    public virtual GraphType Nullable => this;

    /// <summary>Whether a value can be given to fields: numbers, texts, choices, inputs.</summary>
    public bool IsInput => Named is ScalarType or EnumType or InputType;

    /// <summary>Whether a value can be answered.</summary>
    public bool IsOutput => Named is not InputType;
}

/// <summary>A list.</summary>
public sealed class ListType : GraphType
{
    internal ListType(GraphType of) => Of = of;

    /// <summary>Of what.</summary>
    public GraphType Of { get; }

    /// <inheritdoc/>
    public override NamedType Named => Of.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{Of}]";
}

/// <summary>A type that is never null.</summary>
public sealed class NonNullType : GraphType
{
    internal NonNullType(GraphType of) => Of = of;

    /// <summary>Of what.</summary>
    public GraphType Of { get; }

    /// <inheritdoc/>
    public override NamedType Named => Of.Named;

    /// <inheritdoc/>
    public override GraphType Nullable => Of;

    /// <inheritdoc/>
    public override string ToString() => $"{Of}!";
}

/// <summary>A type with a name.</summary>
public abstract class NamedType(string name) : GraphType
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is, for people.</summary>
    public string? Says { get; init; }

    /// <summary>Whether its values have no fields.</summary>
    public bool IsLeaf => this is ScalarType or EnumType;

    /// <summary>Whether its values have fields.</summary>
    public bool IsComposite => this is ObjectType or InterfaceType or UnionType;

    /// <inheritdoc/>
    public sealed override NamedType Named => this;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>A type that is one of several: an interface or a union.</summary>
public abstract class AbstractType(string name) : NamedType(name)
{
    /// <summary>The name of the type that a value is of.</summary>
    public Func<object, string?> TypeOf { get; set; } = _ => null;
}
