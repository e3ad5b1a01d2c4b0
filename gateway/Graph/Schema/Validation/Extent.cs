using System.Runtime.CompilerServices;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <summary>How far one request may go, once its fragments are put where they are named.</summary>
/// <param name="Depth">How many levels of fields.</param>
/// <param name="Fields">How many fields in all.</param>
public sealed record ExtentLimits(int Depth = 30, int Fields = 5_000);

/// <summary>Measures a valid document as it will be answered: a few lines can ask for a great deal.</summary>
internal sealed class Extent(Document document, ExtentLimits limits)
{
    private readonly Dictionary<string, (int Depth, long Fields)> known = new(StringComparer.Ordinal);

    /// <summary>Why the document is not answered, if it is too much.</summary>
    public static GraphError? Refuse(Document document, ExtentLimits limits)
    {
        var extent = new Extent(document, limits);
        foreach (var operation in document.Definitions.OfType<Operation>())
        {
            var (depth, fields) = extent.Of(operation.Selections);
            if (depth > limits.Depth)
                return Wrong($"The request has {depth} levels of fields; {limits.Depth} are answered.", operation);
            if (fields > limits.Fields)
                return Wrong($"The request asks for more than {limits.Fields} fields.", operation);
        }
        return null;

        GraphError Wrong(string message, Node at) => new(message, Codes.TooMuch) { Locations = [document.Locate(at)] };
    }

    private (int Depth, long Fields) Of(SelectionSet? set)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return (int.MaxValue / 2, 0);
        var (depth, fields) = (0, 0L);
        foreach (var selection in set?.Selections ?? [])
        {
            var below = selection switch
            {
                FieldNode field when Of(field.Selections) is var inner => (inner.Depth + 1, inner.Fields + 1),
                Inline inline => Of(inline.Selections),
                _ => Of(((Spread)selection).Name.Text),
            };
            depth = Math.Max(depth, below.Item1);
            fields = Math.Min(fields + below.Item2, limits.Fields + 1L); // enough is known: numbers do not overflow
        }
        return (depth, fields);
    }

    private (int Depth, long Fields) Of(string fragment) => known.TryGetValue(fragment, out var measured) ? measured
        : known[fragment] = document.Fragments.TryGetValue(fragment, out var one) ? Of(one.Selections) : default;
}
