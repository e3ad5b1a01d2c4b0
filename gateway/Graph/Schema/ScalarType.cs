using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>A value without fields. What it cannot hold is refused with a <see cref="FormatException"/> that says why.</summary>
public sealed class ScalarType(string name) : NamedType(name)
{
    /// <summary>Where its form is described.</summary>
    public string? SpecifiedBy { get; init; }

    /// <summary>The value that JSON stands for.</summary>
    public Func<JsonElement, object> FromJson { get; init; } = value => value;

    /// <summary>The value that is written in a document.</summary>
    public Func<ValueNode, IReadOnlyDictionary<string, object?>?, object> FromNode { get; init; } = (node, variables) => Literals.Json(node, variables);

    /// <summary>What is answered for a value.</summary>
    public Func<object, object> Answer { get; init; } = value => value;
}
