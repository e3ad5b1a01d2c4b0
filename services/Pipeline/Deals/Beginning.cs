using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>How a deal begins: in a stage that it is ready for.</summary>
internal static class Beginning
{
    /// <summary>A deal as it is entered.</summary>
    public static async Task<Deal> Of(Session session, Deal deal)
    {
        if (deal is { PipelineId: null, StageId: null, PipelineName: null })
            await EnterDefaultPipeline.Of(session);
        var book = await PipelineBook.Of(session);
        var stage = StageOf(book, PipelineOf(book, deal), deal);
        // What was won or lost long ago is brought along by an import; otherwise a deal is won or lost in the end, not at the beginning.
        if (stage.Type != StageType.Open && session.Cause.Actor.Door != "import")
            throw Refusal.Invalid("stageId", $"A deal begins in an open stage, and {stage.Name} is none.");
        deal = deal with
        {
            PipelineId = stage.PipelineId,
            StageId = stage.Id,
            StageEnteredAt = deal.StageEnteredAt ?? session.Now,
            Status = stage.Type,
            FirstCloseOn = deal.ExpectedCloseOn,
            ClosedOn = stage.Type == StageType.Open ? null : deal.ClosedOn ?? DateOnly.FromDateTime(session.Now.UtcDateTime),
            OwnerId = deal.OwnerId ?? (session.Cause.Actor.Kind == ActorKind.User && Guid.TryParse(session.Cause.Actor.Id, out var me) ? me : null),
        };
        await Readiness.Demand(session, deal, stage);
        await Readiness.MayEnter(session, stage);
        return deal;
    }

    private static Pipelines.Pipeline PipelineOf(PipelineBook book, Deal deal)
    {
        var open = book.Open.ToList();
        if (deal.PipelineName is { } name)
            return open.Find(p => IsCalled(p.Name, name)) ?? throw Unknown("pipelineName", $"no pipeline called {name}", open.Select(p => p.Name));
        if (deal.PipelineId is { } id)
            return open.Find(p => p.Id == id) ?? throw Unknown("pipelineId", $"no pipeline {id} to enter deals in", open.Select(p => p.Name));
        if (deal.StageId is { } stage)
            return open.Find(p => p.Id == book.Stage(stage)?.PipelineId) ?? throw Unknown("stageId", $"no stage {stage} to enter deals in", []);
        return book.Usable.First();
    }

    private static Stage StageOf(PipelineBook book, Pipelines.Pipeline pipeline, Deal deal)
    {
        var stages = book.OpenTo(pipeline.Id).ToList();
        if (deal.StageName is { } name)
            return stages.Find(s => IsCalled(s.Name, name))
                ?? throw Unknown("stageName", $"no stage called {name} in {pipeline.Name}", stages.Select(s => s.Name));
        if (deal.StageId is { } id)
            return stages.Find(s => s.Id == id) ?? throw Unknown("stageId", $"no stage {id} in {pipeline.Name} to enter deals in", stages.Select(s => s.Name));
        return stages.Find(s => s.Type == StageType.Open)
            ?? throw new Refusal(409, "no_stage", $"{pipeline.Name} has no open stage for a deal to begin in.");
    }

    private static bool IsCalled(string known, string name) => known.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Refusal Unknown(string field, string what, IEnumerable<string> there)
    {
        var names = string.Join(", ", there);
        return Refusal.Invalid(field, $"There is {what}{(names.Length > 0 ? $"; there are {names}" : "")}.");
    }
}
