namespace CrmPlatform.Graph.Language;

/// <summary>A value that is written in a document.</summary>
public abstract class ValueNode(int start) : Node(start);

/// <summary>A variable's value.</summary>
public sealed class VariableNode(int start, Name name) : ValueNode(start)
{
    /// <summary>The variable.</summary>
    public Name Name { get; } = name;
}

/// <summary>A whole number, as it is written.</summary>
public sealed class IntNode(int start, string text) : ValueNode(start)
{
    /// <summary>Its digits.</summary>
    public string Text { get; } = text;
}

/// <summary>A number with a fraction or an exponent, as it is written.</summary>
public sealed class FloatNode(int start, string text) : ValueNode(start)
{
    /// <summary>Its digits.</summary>
    public string Text { get; } = text;
}

/// <summary>A text.</summary>
public sealed class StringNode(int start, string text, bool block) : ValueNode(start)
{
    /// <summary>What it says.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it is written over several lines.</summary>
    public bool Block { get; } = block;
}

/// <summary>True or false.</summary>
public sealed class BooleanNode(int start, bool value) : ValueNode(start)
{
    /// <summary>Which.</summary>
    public bool Value { get; } = value;
}

/// <summary>Nothing.</summary>
public sealed class NullNode(int start) : ValueNode(start);

/// <summary>One of a few, by its name.</summary>
public sealed class EnumNode(int start, string text) : ValueNode(start)
{
    /// <summary>The name.</summary>
    public string Text { get; } = text;
}

/// <summary>Several values.</summary>
public sealed class ListNode(int start, IReadOnlyList<ValueNode> items) : ValueNode(start)
{
    /// <summary>The values.</summary>
    public IReadOnlyList<ValueNode> Items { get; } = items;
}

/// <summary>Values by name.</summary>
public sealed class ObjectNode(int start, IReadOnlyList<ObjectFieldNode> fields) : ValueNode(start)
{
    /// <summary>The values.</summary>
    public IReadOnlyList<ObjectFieldNode> Fields { get; } = fields;
}

/// <summary>One of an object's values.</summary>
public sealed class ObjectFieldNode(int start, Name name, ValueNode value) : Node(start)
{
    /// <summary>What it is called.</summary>
    public Name Name { get; } = name;

    /// <summary>What it holds.</summary>
    public ValueNode Value { get; } = value;
}

/// <summary>A type that is named in a document.</summary>
public abstract class TypeNode(int start) : Node(start);

/// <summary>A type by its name.</summary>
public sealed class NamedTypeNode(int start, Name name) : TypeNode(start)
{
    /// <summary>The type.</summary>
    public Name Name { get; } = name;

    /// <inheritdoc/>
    public override string ToString() => Name.Text;
}

/// <summary>A list of a type.</summary>
public sealed class ListTypeNode(int start, TypeNode of) : TypeNode(start)
{
    /// <summary>Of what.</summary>
    public TypeNode Of { get; } = of;

    /// <inheritdoc/>
    public override string ToString() => $"[{Of}]";
}

/// <summary>A type that is never null.</summary>
public sealed class NonNullTypeNode(int start, TypeNode of) : TypeNode(start)
{
    /// <summary>Of what.</summary>
    public TypeNode Of { get; } = of;

    /// <inheritdoc/>
    public override string ToString() => $"{Of}!";
}
