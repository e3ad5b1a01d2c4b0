using System.Runtime.CompilerServices;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <summary>
/// Holds a document against a graph: all rules of the specification of October 2021, in one walk over the document. Whatever is wrong is told with
/// its places, up to a hundred things; a document that passes can be answered.
/// </summary>
public sealed partial class Validator
{
    private const int MostErrors = 100;

    private readonly TypeSystem types;
    private readonly Document document;
    private readonly List<GraphError> errors = [];
    private readonly HashSet<string> typesOfDocument;
    private readonly Dictionary<string, DirectiveType> directives;
    private GraphType? type;
    private NamedType? parent;

    private Validator(TypeSystem types, Document document)
    {
        (this.types, this.document) = (types, document);
        var definitions = document.Definitions.OfType<TypeDefinition>().Where(d => d.Name is not null).ToList();
        typesOfDocument = [.. definitions.Where(d => d is { Extends: false, Kind: not "directive" }).Select(d => d.Name!.Text)];
        directives = types.Directives.ToDictionary(d => d.Name, StringComparer.Ordinal);
        foreach (var own in definitions.Where(d => d.Kind == "directive"))
            directives[own.Name!.Text] = new(own.Name.Text, [.. own.Places.Select(p => p.Text)], [.. own.Members.Select(Known)])
            {
                Repeatable = own.Repeatable,
            };
    }

    /// <summary>What is wrong with a document; nothing, where it can be answered.</summary>
    public static IReadOnlyList<GraphError> Check(TypeSystem types, Document document) => Check(types, document, out _);

    /// <summary>The same, and how many fields and fragments were compared with others: the part that could grow beyond the document.</summary>
    internal static IReadOnlyList<GraphError> Check(TypeSystem types, Document document, out int compared)
    {
        var validator = new Validator(types, document);
        try
        {
            validator.Walk();
            return validator.errors;
        }
        catch (GraphException e)
        {
            return [.. validator.errors, e.Error]; // it was too much
        }
        finally
        {
            compared = validator.comparisons;
        }
    }

    private void Walk()
    {
        Names();
        foreach (var definition in document.Definitions)
            switch (definition)
            {
                case Operation operation:
                    Walk(operation);
                    break;
                case Fragment fragment:
                    Walk(fragment);
                    break;
                case TypeDefinition own:
                    Wrong($"The \"{own.Name?.Text ?? "schema"}\" definition is not executable.", own);
                    break;
            }
        Cycles();
        Unused();
        foreach (var operation in document.Definitions.OfType<Operation>())
            Variables(operation);
    }

    private void Walk(Operation operation)
    {
        usages = UsagesOf(operation);
        Check(operation.Directives, operation.Kind.ToString().ToUpperInvariant());
        Repeated(operation.Variables.Select(v => v.Node.Name), "variable");
        foreach (var variable in operation.Variables)
        {
            Known(variable.Type);
            var holds = types.Find(variable.Type);
            if (holds is { IsInput: false })
                Wrong($"Variable \"${variable.Node.Name}\" cannot be non-input type \"{variable.Type}\".", variable.Type);
            if (variable.Otherwise is { } otherwise)
                Walk(otherwise, new(holds is { IsInput: true } ? holds : null, null, HasDefault: false), check: true);
            Check(variable.Directives, "VARIABLE_DEFINITION");
        }
        if (operation.Kind == OperationKind.Subscription)
            SingleField(operation);
        type = types.Root(operation.Kind);
        Walk(operation.Selections, ofInline: false);
    }

    private void Walk(Fragment fragment)
    {
        usages = UsagesOf(fragment);
        Known(fragment.On);
        if (types.Find(fragment.On) is NamedType { IsComposite: false })
            Wrong($"Fragment \"{fragment.Name}\" cannot condition on non composite type \"{fragment.On}\".", fragment.On);
        Check(fragment.Directives, "FRAGMENT_DEFINITION");
        type = types.Find(fragment.On) is { IsOutput: true } on ? on : null;
        Walk(fragment.Selections, ofInline: false);
    }

    private void Walk(SelectionSet set, bool ofInline)
    {
        var (outerType, outerParent) = (type, parent);
        parent = type?.Named is { IsComposite: true } composite ? composite : null;
        if (!ofInline)
            Overlaps(parent, set);
        foreach (var selection in set.Selections)
            switch (selection)
            {
                case FieldNode field:
                    Walk(field);
                    break;
                case Inline inline:
                    Walk(inline);
                    break;
                case Spread spread:
                    Check(spread);
                    Check(spread.Directives, "FRAGMENT_SPREAD");
                    break;
            }
        (type, parent) = (outerType, outerParent);
    }

    private void Walk(FieldNode node)
    {
        var outer = type;
        var field = parent is null ? null : types.FieldOf(parent, node.Name.Text);
        type = field?.Type;
        Check(node, field);
        Check(node.Arguments, field?.Arguments);
        Check(node.Directives, "FIELD");
        if (node.Selections is not null)
            Walk(node.Selections, ofInline: false);
        type = outer;
    }

    private void Walk(Inline node)
    {
        var outer = type;
        if (node.On is not null)
        {
            Known(node.On);
            type = types.Find(node.On) is { IsOutput: true } on ? on : null;
            if (types.Find(node.On) is NamedType { IsComposite: false })
                Wrong($"Fragment cannot condition on non composite type \"{node.On}\".", node.On);
        }
        else
            type = type?.Named;
        if (type is NamedType { IsComposite: true } one && parent is not null && !types.Overlap(one, parent))
            Wrong($"Fragment cannot be spread here as objects of type \"{parent}\" can never be of type \"{one}\".", node);
        Check(node.Directives, "INLINE_FRAGMENT");
        Walk(node.Selections, ofInline: true);
        type = outer;
    }

    private void Known(TypeNode node)
    {
        var named = node;
        while (named is not NamedTypeNode)
            named = named is NonNullTypeNode some ? some.Of : ((ListTypeNode)named).Of;
        if (types.Find(named) is null && !typesOfDocument.Contains(((NamedTypeNode)named).Name.Text))
            Wrong($"Unknown type \"{named}\".{Near(((NamedTypeNode)named).Name.Text, types.Types.Keys)}", named);
    }

    private static InputValue Known(MemberDefinition member) =>
        new(member.Name.Text, member.Type is NonNullTypeNode ? BuiltIn.String.NonNull : BuiltIn.String) { Otherwise = member.Otherwise };

    private void Wrong(string message, params IEnumerable<Node> at)
    {
        if (errors.Count >= MostErrors)
            throw new GraphException(new("Too many validation errors, error limit reached. Validation aborted.", Codes.Validation));
        errors.Add(new(message, Codes.Validation) { Locations = [.. at.Select(document.Locate)] });
    }

    // What goes deeper than there is room for is too much: a document cannot end the process.
    private static void Deeper()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Aborted();
    }

    private static GraphException Aborted() => new(new("Validation aborted: the document is too complex.", Codes.TooMuch));
}
