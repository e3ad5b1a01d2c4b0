using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Plan;

/// <summary>
/// What answering an operation may come to, before anything is asked: every list as long as it may be. It is the number of records, which is what
/// services and answers are made of.
/// </summary>
internal static class Cost
{
    /// <summary>The most records that one request may come to.</summary>
    public const long Most = 20_000;

    private const int LongestList = 200;

    /// <summary>Why an operation is not answered, if it is too much.</summary>
    public static GraphError? Refuse(Run run)
    {
        try
        {
            var root = run.Types.Root(run.Operation.Kind);
            var cost = root is null ? 0 : Of(run, root, [run.Operation.Selections], 1);
            return cost <= Most ? null
                : new($"The request may come to more than {Most} records: ask for fewer at once, by smaller values of first.", Codes.TooMuch)
                {
                    Locations = [run.Document.Locate(run.Operation)],
                };
        }
        catch (GraphException e)
        {
            return e.Error;
        }
    }

    private static long Of(Run run, NamedType type, IEnumerable<SelectionSet> sets, long parents)
    {
        // Of what may be of several types the most expensive counts.
        var cost = 0L;
        foreach (var one in run.Types.Possible(type))
        {
            var sum = 0L;
            foreach (var selected in Selecting.Of(run, one, sets))
            {
                var field = selected.Field;
                var most = field.Fetched is Source source ? Many(run, one, source, selected) : 1;
                if (field.Fetched is Source or Write)
                    sum += parents * most;
                if (field.Type.Named.IsComposite && sum <= Most)
                    sum += Of(run, field.Type.Named, selected.Nodes.Select(n => n.Selections).OfType<SelectionSet>(), parents * most);
                if (sum > Most)
                    return sum;
            }
            cost = Math.Max(cost, sum);
        }
        return cost;
    }

    private static long Many(Run run, ObjectType on, Source source, Selected selected)
    {
        var told = Inputs.Arguments(selected.Field.Arguments, selected.Nodes[0].Arguments, selected.Nodes[0], run.Variables, run.Document);
        if (told.GetValueOrDefault("first") is int and (< 0 or > LongestList))
            throw new GraphException(new($"first is between 0 and {LongestList}.", Codes.BadInput) { Locations = [run.Document.Locate(selected.Nodes[0])] });
        return source.Most(new(run, on, selected, told));
    }
}
