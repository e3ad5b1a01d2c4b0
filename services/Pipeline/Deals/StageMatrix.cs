using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records.Transitions;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// The moves a pipeline foresees, as a matrix of its stages' names. Where it says none: to and fro between open stages, and from those to won and lost.
/// Who may enter a stage counts with every move there.
/// </summary>
internal static class StageMatrix
{
    private static readonly StageMove[] Usual = [new()];

    /// <summary>The matrix of a pipeline for a deal that is in some stage, of this pipeline or of another one.</summary>
    public static TransitionMatrix Of(PipelineBook book, Stage from, Guid pipeline)
    {
        var (stages, moves) = (book.OpenTo(pipeline).ToList(), book.Pipeline(pipeline)!.Moves);
        var isUsual = moves.Count == 0;
        var open = stages.Where(s => s.Type == StageType.Open).ToList();
        var begins = from.Type == StageType.Open && !open.Contains(from) ? [.. open, from] : open;
        var steps =
            from move in isUsual ? Usual : moves
            from start in move.From is { } id ? [book.Stage(id)!] : begins
            from end in stages
            where (move.To is null || move.To == end.Id) && start.Id != end.Id
            select new Transition(Name(book, start, pipeline), end.Name, Both(move.Roles, end.Roles));
        return new(steps, [.. stages.Select(s => s.Name)]);
    }

    /// <summary>A deal's step in it.</summary>
    public static Step Step(PipelineBook book, Deal deal, Stage from, Stage to) =>
        new("deal", deal.Id, Name(book, from, to.PipelineId!.Value), to.Name);

    // Stages of two pipelines may be called the same.
    private static string Name(PipelineBook book, Stage stage, Guid pipeline) =>
        stage.PipelineId == pipeline ? stage.Name : $"{stage.Name} ({book.Pipeline(stage.PipelineId)?.Name})";

    // Nobody is in none: a move for some into a stage for others is for those who are among both.
    private static IReadOnlyList<string> Both(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 ? other : other.Count == 0 ? one : one.Intersect(other).ToList() is { Count: > 0 } both ? both : ["nobody"];
}
