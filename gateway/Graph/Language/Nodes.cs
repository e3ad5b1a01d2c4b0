namespace CrmPlatform.Graph.Language;

/// <summary>A part of a document, and where it begins.</summary>
public abstract class Node(int start)
{
    /// <summary>The offset of its first character.</summary>
    public int Start { get; } = start;
}

/// <summary>A name, and where it stands.</summary>
public sealed class Name(int start, string text) : Node(start)
{
    /// <summary>The name.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A whole document.</summary>
public sealed class Document(string text, IReadOnlyList<Definition> definitions) : Node(0)
{
    /// <summary>What it was read from.</summary>
    public string Text { get; } = text;

    /// <summary>What it consists of.</summary>
    public IReadOnlyList<Definition> Definitions { get; } = definitions;

    /// <summary>Its fragments by name; of two with one name the later counts.</summary>
    public IReadOnlyDictionary<string, Fragment> Fragments { get; } =
        definitions.OfType<Fragment>().GroupBy(f => f.Name.Text).ToDictionary(f => f.Key, f => f.Last(), StringComparer.Ordinal);

    /// <summary>Where a part of it stands.</summary>
    public Location Locate(Node node) => Location.Of(Text, node.Start);
}

/// <summary>What stands on the outermost level of a document.</summary>
public abstract class Definition(int start) : Node(start)
{
    /// <summary>What has been said about it.</summary>
    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

/// <summary>What a document asks to be done.</summary>
public sealed class Operation(int start, OperationKind kind, Name? name, SelectionSet selections) : Definition(start)
{
    /// <summary>A question, a change, or wanting to hear of changes.</summary>
    public OperationKind Kind { get; } = kind;

    /// <summary>Its name, where it has one.</summary>
    public Name? Name { get; } = name;

    /// <summary>What it is given when it is done.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>What it asks for.</summary>
    public SelectionSet Selections { get; } = selections;
}

/// <summary>The kinds of operations.</summary>
public enum OperationKind
{
    /// <summary>Asks, and changes nothing.</summary>
    Query,

    /// <summary>Changes something.</summary>
    Mutation,

    /// <summary>Wants to be told.</summary>
    Subscription,
}

/// <summary>Fields that are asked for in several places.</summary>
public sealed class Fragment(int start, Name name, NamedTypeNode on, SelectionSet selections) : Definition(start)
{
    /// <summary>Its name.</summary>
    public Name Name { get; } = name;

    /// <summary>The type whose fields they are.</summary>
    public NamedTypeNode On { get; } = on;

    /// <summary>The fields.</summary>
    public SelectionSet Selections { get; } = selections;
}

/// <summary>A variable of an operation.</summary>
public sealed class Variable(int start, VariableNode variable, TypeNode type, ValueNode? otherwise) : Node(start)
{
    /// <summary>How it is called.</summary>
    public VariableNode Node { get; } = variable;

    /// <summary>What it holds.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>What it is where nothing is given.</summary>
    public ValueNode? Otherwise { get; } = otherwise;

    /// <summary>What has been said about it.</summary>
    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

/// <summary>What is asked of an object.</summary>
public sealed class SelectionSet(int start, IReadOnlyList<Selection> selections) : Node(start)
{
    /// <summary>Fields and fragments.</summary>
    public IReadOnlyList<Selection> Selections { get; } = selections;
}

/// <summary>A field or a fragment.</summary>
public abstract class Selection(int start) : Node(start)
{
    /// <summary>What has been said about it.</summary>
    public IReadOnlyList<Directive> Directives { get; init; } = [];
}

/// <summary>A field that is asked for.</summary>
public sealed class FieldNode(int start, Name? alias, Name name, SelectionSet? selections) : Selection(start)
{
    /// <summary>What to call it in the answer.</summary>
    public Name? Alias { get; } = alias;

    /// <summary>The field.</summary>
    public Name Name { get; } = name;

    /// <summary>What it is called in the answer.</summary>
    public string Key => (Alias ?? Name).Text;

    /// <summary>What it is told.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    /// <summary>What is asked of what it leads to.</summary>
    public SelectionSet? Selections { get; } = selections;
}

/// <summary>A fragment by its name.</summary>
public sealed class Spread(int start, Name name) : Selection(start)
{
    /// <summary>The fragment.</summary>
    public Name Name { get; } = name;
}

/// <summary>A fragment on the spot.</summary>
public sealed class Inline(int start, NamedTypeNode? on, SelectionSet selections) : Selection(start)
{
    /// <summary>The type it is for, where it names one.</summary>
    public NamedTypeNode? On { get; } = on;

    /// <summary>The fields.</summary>
    public SelectionSet Selections { get; } = selections;
}

/// <summary>Something a field or a directive is told.</summary>
public sealed class Argument(int start, Name name, ValueNode value) : Node(start)
{
    /// <summary>What it is called.</summary>
    public Name Name { get; } = name;

    /// <summary>What it holds.</summary>
    public ValueNode Value { get; } = value;
}

/// <summary>Something said about a part of a document.</summary>
public sealed class Directive(int start, Name name, IReadOnlyList<Argument> arguments) : Node(start)
{
    /// <summary>Which one.</summary>
    public Name Name { get; } = name;

    /// <summary>What it is told.</summary>
    public IReadOnlyList<Argument> Arguments { get; } = arguments;
}
