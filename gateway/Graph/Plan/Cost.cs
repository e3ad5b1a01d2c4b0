using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;

namespace CrmPlatform.Graph.Plan;

/// <summary>
/// What answering an operation may come to, before anything is asked: the number of records, every list as long as it may be, and for each question
/// to a service as much as some records cost.
/// </summary>
internal static class Cost
{
    /// <summary>The most records that one request may come to.</summary>
    public const long Most = 20_000;

    private const int LongestList = 200;
    private const int OfQuestion = 20;

    /// <summary>Why an operation is not answered, if it is too much.</summary>
    public static GraphError? Refuse(Run run)
    {
        try
        {
            var root = run.Types.Root(run.Operation.Kind);
            var cost = root is null ? 0 : Of(run, root, run.Outermost, 1);
            return cost <= Most ? null
                : new($"The request may come to more than {Most} records, or asks too many questions: ask for less at once.", Codes.TooMuch)
                {
                    Locations = [run.Document.Locate(run.Operation)],
                };
        }
        catch (GraphException e)
        {
            return e.Error;
        }
    }

    private static long Of(Run run, NamedType type, Func<ObjectType, IReadOnlyList<Selected>> fields, long parents)
    {
        // Of what may be of several types the most expensive counts.
        var cost = 0L;
        foreach (var one in run.Types.Possible(type))
        {
            var sum = 0L;
            foreach (var selected in fields(one))
            {
                var (most, questions) = Asked(run, one, selected, parents);
                sum += (parents * most * Math.Min(questions, 1)) + (questions * OfQuestion);
                if (selected.Field.Type.Named.IsComposite && sum <= Most)
                    sum += Of(run, selected.Field.Type.Named, below => run.Below(below, selected.Nodes), parents * most);
                if (sum > Most)
                    return sum;
            }
            cost = Math.Max(cost, sum);
        }
        return cost;
    }

    // How many records a field may come to for one object, and how many questions for all of them.
    private static (long Most, long Questions) Asked(Run run, ObjectType on, Selected selected, long parents)
    {
        if (selected.Field.Fetched is not (Asking or WriteMany))
            return (1, selected.Field.Fetched is Changing ? 1 : 0);
        var told = Inputs.Arguments(selected.Field.Arguments, selected.Nodes[0].Arguments, selected.Nodes[0], run.Variables, run.Document);
        if (told.GetValueOrDefault("first") is int and (< 0 or > LongestList))
            throw new GraphException(new($"first is between 0 and {LongestList}.", Codes.BadInput) { Locations = [run.Document.Locate(selected.Nodes[0])] });
        var call = new Call(run, on, selected, told);
        return selected.Field.Fetched is Asking asking ? (asking.Most(call), asking.Questions(call, parents)) : (WriteMany.Most(call), 1);
    }
}
