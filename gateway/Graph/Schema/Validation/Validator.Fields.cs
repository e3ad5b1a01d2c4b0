using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <content>Fields, arguments and directives: that they are there, and have what they need.</content>
public sealed partial class Validator
{
    private void Check(FieldNode node, Field? field)
    {
        if (parent is not null && field is null)
            Wrong($"Cannot query field \"{node.Name}\" on type \"{parent}\".{Near(node.Name.Text, FieldsOf(parent))}", node);
        if (node.Name.Text is "__schema" or "__type")
            IntrospectionDepth(node);
        if (field is null)
            return;
        if (field.Type.Named.IsLeaf && node.Selections is not null)
            Wrong($"Field \"{node.Name}\" must not have a selection since type \"{field.Type}\" has no subfields.", node.Selections);
        if (!field.Type.Named.IsLeaf && node.Selections is null)
            Wrong($"Field \"{node.Name}\" of type \"{field.Type}\" must have a selection of subfields. Did you mean \"{node.Name} {{ ... }}\"?", node);
        foreach (var argument in node.Arguments)
            if (!field.Arguments.Any(a => a.Name == argument.Name.Text))
                Wrong(
                    $"Unknown argument \"{argument.Name}\" on field \"{parent}.{field.Name}\"."
                    + Near(argument.Name.Text, field.Arguments.Select(a => a.Name)), argument);
        Required(field.Arguments, node.Arguments, node, $"Field \"{field.Name}\"");
    }

    private void Check(IReadOnlyList<Argument> given, IReadOnlyList<InputValue>? known)
    {
        if (given.Count == 0)
            return;
        Repeated(given.Select(a => a.Name), "argument");
        foreach (var argument in given)
        {
            var definition = known?.FirstOrDefault(a => a.Name == argument.Name.Text);
            var holds = definition?.Type is { IsInput: true } type ? type : null;
            Walk(argument.Value, new(holds, null, definition?.Otherwise is not null), check: true);
        }
    }

    private void Check(IReadOnlyList<Directive> all, string place)
    {
        Dictionary<string, Directive>? seen = null;
        foreach (var directive in all)
        {
            var name = directive.Name.Text;
            var known = directives.GetValueOrDefault(name);
            if (known is null)
                Wrong($"Unknown directive \"@{name}\".", directive);
            else if (!known.Places.Contains(place))
                Wrong($"Directive \"@{name}\" may not be used on {place}.", directive);
            if (known is { Repeatable: false } && !(seen ??= []).TryAdd(name, directive))
                Wrong($"The directive \"@{name}\" can only be used once at this location.", seen[name], directive);
            Check(directive.Arguments, types.Directive(name)?.Arguments);
            if (known is null)
                continue;
            foreach (var argument in directive.Arguments)
                if (!known.Arguments.Any(a => a.Name == argument.Name.Text))
                    Wrong($"Unknown argument \"{argument.Name}\" on directive \"@{name}\".", argument);
            Required(known.Arguments, directive.Arguments, directive, $"Directive \"@{name}\"");
        }
    }

    private void Required(IReadOnlyList<InputValue> known, IReadOnlyList<Argument> given, Node at, string of)
    {
        foreach (var argument in known)
            if (argument.IsRequired && !given.Any(a => a.Name.Text == argument.Name))
                Wrong($"{of} argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.", at);
    }

    private void Repeated(IEnumerable<Name> names, string what)
    {
        foreach (var same in names.GroupBy(n => n.Text, StringComparer.Ordinal))
            if (same.Skip(1).Any())
                Wrong($"There can be only one {what} named \"{same.Key}\".", same);
    }

    // A subscription tells one thing.
    private void SingleField(Operation operation)
    {
        if (types.Subscription is not { } root)
            return;
        var run = new Execution.Run(
            types, document, operation, new Dictionary<string, object?>(), (_, _) => Task.CompletedTask, _ => { }, CancellationToken.None);
        try
        {
            SingleField(Execution.Selecting.Named(run, root, [operation.Selections]));
        }
        catch (GraphException)
        {
            return; // a directive that cannot be understood is told of where it stands
        }
    }

    private void SingleField(OrderedDictionary<string, List<FieldNode>> groups)
    {
        if (groups.Count > 1)
            Wrong("A subscription must select only one top level field.", groups.Values.Skip(1).SelectMany(nodes => nodes));
        foreach (var nodes in groups.Values.Where(nodes => nodes[0].Name.Text.StartsWith("__", StringComparison.Ordinal)))
            Wrong("A subscription must not select an introspection top level field.", nodes);
    }

    // Types of fields of types of fields of types … would be the whole graph over and over.
    private void IntrospectionDepth(FieldNode node)
    {
        const int deepest = 3;
        var (seen, done) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        bool IsTooDeep(IEnumerable<Selection> selections, int depth) => selections.Any(selection => selection switch
        {
            FieldNode field when field.Name.Text is "fields" or "interfaces" or "possibleTypes" or "inputFields" =>
                depth + 1 >= deepest || IsTooDeep(field.Selections?.Selections ?? [], depth + 1),
            FieldNode field => IsTooDeep(field.Selections?.Selections ?? [], depth),
            Inline inline => IsTooDeep(inline.Selections.Selections, depth),
            _ => IsFragmentTooDeep(((Spread)selection).Name.Text, depth),
        });

        bool IsFragmentTooDeep(string name, int depth)
        {
            if (seen.GetValueOrDefault(name, -1) >= depth || done.GetValueOrDefault(name, -1) >= depth
                || !document.Fragments.TryGetValue(name, out var fragment))
                return false;
            seen[name] = depth;
            if (IsTooDeep(fragment.Selections.Selections, depth))
                return true;
            done[name] = depth;
            return false;
        }

        if (IsTooDeep([node], 0))
            Wrong("Maximum introspection depth exceeded", node);
    }

    private static IEnumerable<string> FieldsOf(NamedType type) => (type as IHasFields)?.Fields.Keys ?? Enumerable.Empty<string>();

    // What may have been meant: a name that is a letter or two away.
    private static string Near(string name, IEnumerable<string> known)
    {
        var near = known.Where(k => Math.Abs(k.Length - name.Length) <= 2).Select(k => (Name: k, Distance: Distance(k, name)))
            .Where(k => k.Distance <= 1 + name.Length / 4).OrderBy(k => k.Distance).Take(3).Select(k => $"\"{k.Name}\"").ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1,
                    diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1)));
        }
        return row[^1];
    }
}
