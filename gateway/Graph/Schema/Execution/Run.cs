using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>Answers a field from the object it is asked of.</summary>
public delegate object? Reading(object source, Call call);

/// <summary>Answers fields of a level, each for all objects it is asked of.</summary>
public delegate Task Fetching(IReadOnlyList<Fetch> level, CancellationToken cancel);

/// <summary>An operation that is being answered.</summary>
/// <param name="Types">What can be asked.</param>
/// <param name="Document">What is asked.</param>
/// <param name="Operation">Which of its operations.</param>
/// <param name="Variables">What its variables hold.</param>
/// <param name="Fetching">Answers what is fetched.</param>
/// <param name="Failed">Hears of what went wrong and is not told to callers.</param>
/// <param name="Cancel">Ends it.</param>
public sealed record Run(
    TypeSystem Types, Document Document, Operation Operation, IReadOnlyDictionary<string, object?> Variables,
    Fetching Fetching, Action<Exception> Failed, CancellationToken Cancel)
{
    /// <summary>What follows from the document.</summary>
    public Known Known { get => field ??= new(); init; }

    /// <summary>What is asked of the outermost object.</summary>
    public IReadOnlyList<Selected> Outermost(ObjectType type) =>
        Known.Of("fields", type, Operation, () => Selecting.Of(this, type, [Operation.Selections]));

    /// <summary>What is asked of an object of a type below these fields, in order; fields that are asked for twice are one.</summary>
    public IReadOnlyList<Selected> Below(ObjectType type, IReadOnlyList<FieldNode> nodes) =>
        Known.Of("fields", type, nodes, () => Selecting.Of(this, type, nodes.Select(n => n.Selections).OfType<SelectionSet>()));
}

/// <summary>A field of an object that is asked for.</summary>
/// <param name="Key">What it is called in the answer.</param>
/// <param name="Field">Which one.</param>
/// <param name="Nodes">Where it is asked for.</param>
public sealed record Selected(string Key, Field Field, IReadOnlyList<FieldNode> Nodes);

/// <summary>A field with what it is told.</summary>
/// <param name="Run">What it is part of.</param>
/// <param name="On">The type it is asked of.</param>
/// <param name="Selected">Where it is asked for.</param>
/// <param name="Arguments">What it is told.</param>
public sealed record Call(Run Run, ObjectType On, Selected Selected, IReadOnlyDictionary<string, object?> Arguments)
{
    /// <summary>The field.</summary>
    public Field Field => Selected.Field;

    /// <summary>What can be asked.</summary>
    public TypeSystem Types => Run.Types;
}

/// <summary>A field to be fetched, for all objects it is asked of.</summary>
/// <param name="Call">The field.</param>
/// <param name="Sources">The objects.</param>
public sealed record Fetch(Call Call, IReadOnlyList<object> Sources)
{
    /// <summary>The answers, in the order of the objects; a <see cref="GraphError"/> where there is none.</summary>
    public object?[] Values { get; } = new object?[Sources.Count];

    /// <summary>There is no answer for any of them.</summary>
    public void Fail(GraphError error) => Array.Fill(Values, error);
}
