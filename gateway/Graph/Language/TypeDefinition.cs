namespace CrmPlatform.Graph.Language;

/// <summary>A definition that is part of a schema, or extends one.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="kind">The word it begins with: <c>type</c>, <c>schema</c>, <c>directive</c> …</param>
/// <param name="name">What is defined; null for the schema itself.</param>
/// <param name="extends">Whether it extends what is there.</param>
public sealed class TypeDefinition(int start, string kind, Name? name, bool extends) : Definition(start)
{
    /// <summary>The word it begins with.</summary>
    public string Kind { get; } = kind;

    /// <summary>What is defined.</summary>
    public Name? Name { get; } = name;

    /// <summary>Whether it extends what is there.</summary>
    public bool Extends { get; } = extends;

    /// <summary>What it is, for people.</summary>
    public string? Says { get; init; }

    /// <summary>The interfaces it implements, or the members of a union.</summary>
    public IReadOnlyList<NamedTypeNode> Types { get; init; } = [];

    /// <summary>Fields, values of an enum, arguments of a directive, operations of a schema.</summary>
    public IReadOnlyList<MemberDefinition> Members { get; init; } = [];

    /// <summary>Where a directive may stand.</summary>
    public IReadOnlyList<Name> Places { get; init; } = [];

    /// <summary>Whether a directive may stand there more than once.</summary>
    public bool Repeatable { get; init; }
}

/// <summary>A field, an argument, a value of an enum, or an operation of a schema.</summary>
public sealed class MemberDefinition(int start, Name name) : Node(start)
{
    /// <summary>What it is called.</summary>
    public Name Name { get; } = name;

    /// <summary>What it is, for people.</summary>
    public string? Says { get; init; }

    /// <summary>What it is told.</summary>
    public IReadOnlyList<MemberDefinition> Arguments { get; init; } = [];

    /// <summary>What it holds; values of an enum hold nothing.</summary>
    public TypeNode? Type { get; init; }

    /// <summary>What it is where nothing is given.</summary>
    public ValueNode? Otherwise { get; init; }

    /// <summary>What has been said about it.</summary>
    public IReadOnlyList<Directive> Directives { get; init; } = [];
}
