using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <content>Variables: that each is there, is used, and fits where it stands; fragments: that each is there, is used, and does not contain itself.</content>
public sealed partial class Validator
{
    private const int MostUsages = 50_000;

    private readonly Dictionary<Definition, List<(VariableNode Node, Slot Slot)>> usagesOf = [];
    private readonly Dictionary<SelectionSet, List<Spread>> spreadsOf = [];
    private List<(VariableNode Node, Slot Slot)> usages = [];
    private int counted;

    private List<(VariableNode Node, Slot Slot)> UsagesOf(Definition definition) =>
        usagesOf.TryGetValue(definition, out var known) ? known : usagesOf[definition] = [];

    private void Variables(Operation operation)
    {
        var defined = new Dictionary<string, Variable>(StringComparer.Ordinal);
        foreach (var variable in operation.Variables)
            defined[variable.Node.Name.Text] = variable;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (node, slot) in Reached([operation]).Cast<Definition>().Prepend(operation).SelectMany(UsagesOf))
        {
            if (++counted > MostUsages)
                throw Aborted();
            used.Add(node.Name.Text);
            if (defined.TryGetValue(node.Name.Text, out var variable))
                Check(variable, node, slot);
            else
                Wrong($"Variable \"${node.Name}\" is not defined.", node, operation);
        }
        foreach (var variable in operation.Variables)
            if (!used.Contains(variable.Node.Name.Text))
                Wrong($"Variable \"${variable.Node.Name}\" is never used.", variable);
    }

    private void Check(Variable variable, VariableNode node, Slot slot)
    {
        if (slot.Holds is not { } wanted || types.Find(variable.Type) is not { } given)
            return;
        var helped = variable.Otherwise is not (null or NullNode) || slot.HasDefault;
        if (!types.IsSubtype(given, wanted is NonNullType && given is not NonNullType && helped ? wanted.Nullable : wanted))
            Wrong($"Variable \"${node.Name}\" of type \"{given}\" used in position expecting type \"{wanted}\".", variable, node);
        if (slot.Within is InputType { OneOf: true } one && given is not NonNullType)
            Wrong($"Variable \"${node.Name}\" is of type \"{given}\" but must be non-nullable to be used for OneOf Input Object \"{one}\".", variable, node);
    }

    private void Check(Spread spread)
    {
        if (!document.Fragments.TryGetValue(spread.Name.Text, out var fragment))
            Wrong($"Unknown fragment \"{spread.Name}\".", spread.Name);
        else if (types.Find(fragment.On) is NamedType { IsComposite: true } on && parent is not null && !types.Overlap(on, parent))
            Wrong($"Fragment \"{spread.Name}\" cannot be spread here as objects of type \"{parent}\" can never be of type \"{on}\".", spread);
    }

    private void Names()
    {
        var operations = document.Definitions.OfType<Operation>().ToList();
        var known = new Dictionary<string, Name>(StringComparer.Ordinal);
        foreach (var operation in operations)
            if (operation.Name is null && operations.Count > 1)
                Wrong("This anonymous operation must be the only defined operation.", operation);
            else if (operation.Name is { } name && !known.TryAdd(name.Text, name))
                Wrong($"There can be only one operation named \"{name}\".", known[name.Text], name);
        known.Clear();
        foreach (var fragment in document.Definitions.OfType<Fragment>())
            if (!known.TryAdd(fragment.Name.Text, fragment.Name))
                Wrong($"There can be only one fragment named \"{fragment.Name}\".", known[fragment.Name.Text], fragment.Name);
    }

    private void Unused()
    {
        var reached = Reached(document.Definitions.OfType<Operation>()).Select(f => f.Name.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in document.Definitions.OfType<Fragment>())
            if (!reached.Contains(fragment.Name.Text))
                Wrong($"Fragment \"{fragment.Name}\" is never used.", fragment);
    }

    private void Cycles()
    {
        var (visited, places, path) = (new HashSet<string>(), new Dictionary<string, int>(), new List<Spread>());
        foreach (var fragment in document.Definitions.OfType<Fragment>())
            Follow(fragment);

        void Follow(Fragment fragment)
        {
            var name = fragment.Name.Text;
            if (!visited.Add(name))
                return;
            Deeper();
            places[name] = path.Count;
            foreach (var spread in SpreadsOf(fragment.Selections))
            {
                path.Add(spread);
                if (places.TryGetValue(spread.Name.Text, out var from))
                    Wrong($"Cannot spread fragment \"{spread.Name}\" within itself.", path.Skip(from));
                else if (document.Fragments.TryGetValue(spread.Name.Text, out var next))
                    Follow(next);
                path.RemoveAt(path.Count - 1);
            }
            places.Remove(name);
        }
    }

    // The fragments that operations need, directly or by others.
    private List<Fragment> Reached(IEnumerable<Operation> operations)
    {
        var (found, seen) = (new List<Fragment>(), new HashSet<string>(StringComparer.Ordinal));
        var open = new Queue<Spread>(operations.SelectMany(o => SpreadsOf(o.Selections)));
        while (open.TryDequeue(out var spread))
        {
            if (!seen.Add(spread.Name.Text) || !document.Fragments.TryGetValue(spread.Name.Text, out var fragment))
                continue;
            found.Add(fragment);
            foreach (var inner in SpreadsOf(fragment.Selections))
                open.Enqueue(inner);
        }
        return found;
    }

    private List<Spread> SpreadsOf(SelectionSet set)
    {
        if (spreadsOf.TryGetValue(set, out var known))
            return known;
        var (found, open) = (new List<Spread>(), new Stack<SelectionSet>([set]));
        while (open.TryPop(out var next))
            foreach (var selection in next.Selections)
                if (selection is Spread spread)
                    found.Add(spread);
                else if ((selection as FieldNode)?.Selections is { } below)
                    open.Push(below);
                else if (selection is Inline inline)
                    open.Push(inline.Selections);
        return spreadsOf[set] = found;
    }
}
