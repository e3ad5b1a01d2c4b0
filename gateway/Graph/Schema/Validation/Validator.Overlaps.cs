using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <content>
/// Fields with one name in the answer must be one field. Every selection set is compared with itself and with the fragments in it, those with each
/// other; what has been compared is not compared again, and there is a bound on all of it.
/// </content>
public sealed partial class Validator
{
    private const int MostComparisons = 200_000;
    private const int MostPlaces = 20;

    private readonly Dictionary<(NamedType? Parent, SelectionSet Set), Gathered> gathered = [];
    private readonly Dictionary<(string One, string Other), bool> fragmentsCompared = [];
    private readonly Dictionary<ValueNode, string> printed = [];
    private int comparisons;

    private void Overlaps(NamedType? on, SelectionSet set)
    {
        if (set.Selections is [not Inline])
            return;
        var all = Gather(on, set);
        var conflicts = new List<Conflict>();
        foreach (var (key, fields) in all.Fields)
            for (var i = 0; i < fields.Count; i++)
                for (var j = i + 1; j < fields.Count; j++)
                    Compare(key, fields[i], fields[j], exclusive: false, conflicts);
        if (all.Fields.Count > 0 || all.Fragments.Count > 1)
            for (var i = 0; i < all.Fragments.Count; i++)
            {
                Compare(all, all.Fragments[i], exclusive: false, conflicts);
                for (var j = i + 1; j < all.Fragments.Count; j++)
                    Compare(all.Fragments[i], all.Fragments[j], exclusive: false, conflicts);
            }
        foreach (var conflict in conflicts)
            Wrong($"Fields \"{conflict.Key}\" conflict because {conflict.Why}. Use different aliases on the fields to fetch both if this was intentional.",
                conflict.One.Concat(conflict.Other));
    }

    // Fields with a fragment, and with those in it.
    private void Compare(Gathered fields, string fragment, bool exclusive, List<Conflict> conflicts)
    {
        Spend(1);
        if (fields.Fields.Count == 0 || (fields.Compared.TryGetValue(fragment, out var was) && (!was || exclusive)))
            return;
        fields.Compared[fragment] = exclusive;
        if (Gather(fragment) is not { } other || ReferenceEquals(other, fields))
            return;
        Compare(fields, other, exclusive, conflicts);
        foreach (var inner in other.Fragments)
            Compare(fields, inner, exclusive, conflicts);
    }

    // A fragment with a fragment, and with those in each.
    private void Compare(string one, string other, bool exclusive, List<Conflict> conflicts)
    {
        Spend(2);
        var pair = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
        if (one == other || (fragmentsCompared.TryGetValue(pair, out var was) && (exclusive || !was)))
            return;
        fragmentsCompared[pair] = exclusive;
        if (Gather(one) is not { } left || Gather(other) is not { } right)
            return;
        Compare(left, right, exclusive, conflicts);
        foreach (var inner in right.Fragments)
            Compare(one, inner, exclusive, conflicts);
        foreach (var inner in left.Fragments)
            Compare(inner, other, exclusive, conflicts);
    }

    private void Compare(Gathered left, Gathered right, bool exclusive, List<Conflict> conflicts)
    {
        if (right.Fields.Count == 0)
            return;
        foreach (var (key, fields) in left.Fields)
        {
            Spend(1);
            foreach (var field in right.Fields.TryGetValue(key, out var others) ? fields : [])
                foreach (var other in others!)
                    Compare(key, field, other, exclusive, conflicts);
        }
    }

    private void Compare(string key, Asked one, Asked other, bool exclusive, List<Conflict> conflicts)
    {
        Spend(2);
        exclusive |= !ReferenceEquals(one.On, other.On) && one.On is ObjectType && other.On is ObjectType;
        if (!exclusive && one.Node.Name.Text != other.Node.Name.Text)
            conflicts.Add(new(key, $"\"{one.Node.Name}\" and \"{other.Node.Name}\" are different fields", [one.Node], [other.Node]));
        else if (!exclusive && !SameArguments(one.Node.Arguments, other.Node.Arguments))
            conflicts.Add(new(key, "they have differing arguments", [one.Node], [other.Node]));
        else if (one.Type is { } left && other.Type is { } right && Differ(left, right))
            conflicts.Add(new(key, $"they return conflicting types \"{left}\" and \"{right}\"", [one.Node], [other.Node]));
        else if (one.Node.Selections is not null && other.Node.Selections is not null)
            Inside(key, one, other, exclusive, conflicts);
    }

    private void Inside(string key, Asked one, Asked other, bool exclusive, List<Conflict> conflicts)
    {
        var (left, right) = (Gather(one.Type?.Named, one.Node.Selections!), Gather(other.Type?.Named, other.Node.Selections!));
        var inner = new List<Conflict>();
        Compare(left, right, exclusive, inner);
        foreach (var fragment in right.Fragments)
            Compare(left, fragment, exclusive, inner);
        foreach (var fragment in left.Fragments)
            Compare(right, fragment, exclusive, inner);
        foreach (var fragment in left.Fragments)
            foreach (var next in right.Fragments)
                Compare(fragment, next, exclusive, inner);
        if (inner.Count > 0)
            conflicts.Add(new(
                key, string.Join(" and ", inner.Take(5).Select(c => $"subfields \"{c.Key}\" conflict because {c.Why}")),
                Nodes(one.Node, inner.Select(c => c.One)), Nodes(other.Node, inner.Select(c => c.Other))));
    }

    private static List<FieldNode> Nodes(FieldNode first, IEnumerable<List<FieldNode>> inner)
    {
        var nodes = new List<FieldNode> { first };
        foreach (var some in inner.TakeWhile(_ => nodes.Count < MostPlaces))
            nodes.AddRange(some.TakeLast(MostPlaces - nodes.Count));
        return nodes;
    }

    private bool SameArguments(IReadOnlyList<Argument> one, IReadOnlyList<Argument> other) => one.Count == other.Count && one.All(argument =>
    {
        Spend(1);
        return other.LastOrDefault(a => a.Name.Text == argument.Name.Text) is { } same && Printed(argument.Value) == Printed(same.Value);
    });

    private string Printed(ValueNode node) => printed.TryGetValue(node, out var known) ? known : printed[node] = node switch
    {
        ListNode list => $"[{string.Join(", ", list.Items.Select(Printed))}]",
        ObjectNode many => string.Join(", ", many.Fields.OrderBy(f => f.Name.Text, StringComparer.Ordinal).Select(f => $"{{{f.Name}: {Printed(f.Value)}}}")),
        StringNode { Block: true } text => $"\"\"{Literals.Quoted(text.Text)}",
        FloatNode number => $"{number.Text} float",
        _ => Literals.Print(node),
    };

    private static bool Differ(GraphType one, GraphType other) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => false,
        (ListType left, ListType right) => Differ(left.Of, right.Of),
        (ListType, _) or (_, ListType) => true,
        (NonNullType left, NonNullType right) => Differ(left.Of, right.Of),
        (NonNullType, _) or (_, NonNullType) => true,
        _ => one.Named.IsLeaf || other.Named.IsLeaf,
    };

    private Gathered? Gather(string fragment) =>
        document.Fragments.TryGetValue(fragment, out var one) ? Gather(types.Find(one.On.Name.Text), one.Selections) : null;

    private Gathered Gather(NamedType? on, SelectionSet set)
    {
        if (gathered.TryGetValue((on, set), out var known))
            return known;
        var made = new Gathered();
        Gather(on, set, made);
        return gathered[(on, set)] = made;
    }

    private void Gather(NamedType? on, SelectionSet set, Gathered into)
    {
        foreach (var selection in set.Selections)
            switch (selection)
            {
                case FieldNode field:
                    if (!into.Fields.TryGetValue(field.Key, out var fields))
                        into.Fields.Add(field.Key, fields = []);
                    fields.Add(new(on, field, (on as IHasFields)?.Fields.GetValueOrDefault(field.Name.Text)?.Type));
                    break;
                case Spread spread when !into.Fragments.Contains(spread.Name.Text):
                    into.Fragments.Add(spread.Name.Text);
                    break;
                case Inline inline:
                    Gather(inline.On is null ? on : types.Find(inline.On.Name.Text), inline.Selections, into);
                    break;
            }
    }

    private void Spend(int work)
    {
        if ((comparisons += work) > MostComparisons)
            throw Aborted();
        Deeper();
    }

    private sealed record Asked(NamedType? On, FieldNode Node, GraphType? Type);

    private sealed record Conflict(string Key, string Why, List<FieldNode> One, List<FieldNode> Other);

    private sealed class Gathered
    {
        public OrderedDictionary<string, List<Asked>> Fields { get; } = new(StringComparer.Ordinal);

        public List<string> Fragments { get; } = [];

        public Dictionary<string, bool> Compared { get; } = [];
    }
}
