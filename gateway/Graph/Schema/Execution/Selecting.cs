using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>Gathers the fields that are asked of an object: through fragments that fit its type, without what is to be skipped.</summary>
internal static class Selecting
{
    /// <summary>The fields that the type has.</summary>
    public static IReadOnlyList<Selected> Of(Run run, ObjectType type, IEnumerable<SelectionSet> sets)
    {
        var found = Named(run, type, sets);
        var selected = new List<Selected>(found.Count);
        foreach (var (key, nodes) in found)
            if (run.Types.FieldOf(type, nodes[0].Name.Text) is { } field)
                selected.Add(new(key, field, nodes));
        return selected;
    }

    /// <summary>All of them, by what they are called in the answer.</summary>
    public static OrderedDictionary<string, List<FieldNode>> Named(Run run, ObjectType type, IEnumerable<SelectionSet> sets)
    {
        var found = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in sets)
            Gather(run, type, set, found, seen);
        return found;
    }

    private static void Gather(
        Run run, ObjectType type, SelectionSet set, OrderedDictionary<string, List<FieldNode>> found, HashSet<string> seen)
    {
        foreach (var selection in set.Selections)
        {
            if (selection is Spread again && seen.Contains(again.Name.Text) || (selection.Directives.Count > 0 && !IsIncluded(run, selection)))
                continue;
            switch (selection)
            {
                case FieldNode field:
                    if (found.TryGetValue(field.Key, out var nodes))
                        nodes.Add(field);
                    else
                        found.Add(field.Key, [field]);
                    break;
                case Inline inline when inline.On is null || Fits(run, inline.On, type):
                    Gather(run, type, inline.Selections, found, seen);
                    break;
                case Spread spread when seen.Add(spread.Name.Text)
                    && run.Document.Fragments.TryGetValue(spread.Name.Text, out var fragment) && Fits(run, fragment.On, type):
                    Gather(run, type, fragment.Selections, found, seen);
                    break;
            }
        }
    }

    private static bool Fits(Run run, NamedTypeNode on, ObjectType type) =>
        on.Name.Text == type.Name || (run.Types.Find(on.Name.Text) is AbstractType many && run.Types.Possible(many).Contains(type));

    private static bool IsIncluded(Run run, Selection selection) =>
        Says(run, selection, BuiltIn.Skip) is not true && Says(run, selection, BuiltIn.Include) is not false;

    private static bool? Says(Run run, Selection selection, DirectiveType type)
    {
        foreach (var directive in selection.Directives)
            if (directive.Name.Text == type.Name)
                return Inputs.Arguments(type.Arguments, directive.Arguments, directive, run.Variables, run.Document)["if"] is true;
        return null;
    }
}
