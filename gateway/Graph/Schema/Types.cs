using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>Something with fields that answers.</summary>
public interface IHasFields
{
    /// <summary>Its fields by name, in the order in which they are shown.</summary>
    OrderedDictionary<string, Field> Fields { get; }

    /// <summary>The interfaces it implements.</summary>
    IReadOnlyList<InterfaceType> Interfaces { get; }
}

/// <summary>An object.</summary>
public sealed class ObjectType(string name) : NamedType(name), IHasFields
{
    /// <inheritdoc/>
    public OrderedDictionary<string, Field> Fields { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<InterfaceType> Interfaces { get; set; } = [];

    /// <summary>Adds a field.</summary>
    public ObjectType Add(Field field)
    {
        Fields.Add(field.Name, field);
        return this;
    }
}

/// <summary>Fields that several objects have.</summary>
public sealed class InterfaceType(string name) : AbstractType(name), IHasFields
{
    /// <inheritdoc/>
    public OrderedDictionary<string, Field> Fields { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<InterfaceType> Interfaces { get; set; } = [];
}

/// <summary>One of several objects.</summary>
public sealed class UnionType(string name) : AbstractType(name)
{
    /// <summary>Which.</summary>
    public IReadOnlyList<ObjectType> Types { get; set; } = [];
}

/// <summary>One of a few.</summary>
public sealed class EnumType(string name) : NamedType(name)
{
    /// <summary>The values by name, in the order in which they are shown.</summary>
    public OrderedDictionary<string, EnumValue> Values { get; } = new(StringComparer.Ordinal);
}

/// <summary>One value of a few.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Says">What it is, for people.</param>
/// <param name="Deprecated">Why it should not be used any more.</param>
public sealed record EnumValue(string Name, string? Says = null, string? Deprecated = null)
{
    /// <summary>What it stands for, where that is not its name.</summary>
    public object Value { get; init; } = Name;
}

/// <summary>Values by name that are given to a field.</summary>
public sealed class InputType(string name) : NamedType(name)
{
    /// <summary>The values, in the order in which they are shown.</summary>
    public OrderedDictionary<string, InputValue> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether exactly one is given.</summary>
    public bool OneOf { get; set; }
}

/// <summary>A field that answers.</summary>
public sealed class Field(string name, GraphType type)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it answers with.</summary>
    public GraphType Type { get; } = type;

    /// <summary>What it is, for people.</summary>
    public string? Says { get; init; }

    /// <summary>What it is told.</summary>
    public IReadOnlyList<InputValue> Arguments { get; init; } = [];

    /// <summary>Why it should not be used any more.</summary>
    public string? Deprecated { get; init; }

    /// <summary>Answers from what is there. A field without it is fetched, for all objects of a level at once.</summary>
    public Execution.Reading? Read { get; init; }

    /// <summary>What whoever fetches it has to know.</summary>
    public object? Fetched { get; init; }
}

/// <summary>An argument, or a field of an input.</summary>
public sealed class InputValue(string name, GraphType type)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds.</summary>
    public GraphType Type { get; } = type;

    /// <summary>What it is, for people.</summary>
    public string? Says { get; init; }

    /// <summary>Why it should not be used any more.</summary>
    public string? Deprecated { get; init; }

    /// <summary>What it is where nothing is given.</summary>
    public ValueNode? Otherwise { get; init; }

    /// <summary>Whether something must be given.</summary>
    public bool IsRequired => Type is NonNullType && Otherwise is null;

    /// <summary>What it is where nothing is given, as a value.</summary>
    public object? Default => field ??= Otherwise is null ? null : Inputs.FromNode(Otherwise, Type, null);
}

/// <summary>Something that can be said about a part of a document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Places">Where it may stand.</param>
/// <param name="Arguments">What it is told.</param>
public sealed record DirectiveType(string Name, IReadOnlyList<string> Places, IReadOnlyList<InputValue> Arguments)
{
    /// <summary>What it does, for people.</summary>
    public string? Says { get; init; }

    /// <summary>Whether it may stand somewhere more than once.</summary>
    public bool Repeatable { get; init; }
}
