using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Pipeline.Products;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>What holds of every deal, whichever door it comes through.</summary>
public static class DealRule
{
    /// <summary>
    /// A deal begins in a stage that it is ready for, and from then on slices move it; its amount is what its lines come to; probability, category and
    /// converted amount follow from what they are made of; putting off the day it closes is counted.
    /// </summary>
    public static async ValueTask<Deal> Rule(Session session, Deal? before, Deal after)
    {
        if (after.Lines.Count > 0 || before?.Lines.Count > 0)
            after = await LineRule.Applied(session, before, after);
        after = before is null ? await Begin(session, after) : Edited(session, before, after);
        var stage = (await PipelineBook.Of(session)).Stage(after.StageId);
        if (stage is not null)
            after = after with
            {
                Probability = stage.Type == StageType.Open ? after.ManualProbability ?? stage.Probability : stage.Probability,
                Category = stage.Type == StageType.Open ? after.ManualCategory ?? stage.Category : stage.Category,
            };
        after = Warnings.Timed(after, stage);
        if (after.ManualCategory == ForecastCategory.Closed)
            throw Refusal.Invalid("manualCategory", "Only what is won counts as closed.");
        if (before?.WinReason != after.WinReason || before?.LossReason != after.LossReason)
            await Reasons.Check(session, before, after);
        if (before is not null && (before.OwnerId != after.OwnerId || before.TeamId != after.TeamId))
            await PartsOfDeal.HandOver(session, after);
        return await Conversion.Applied(session, before, after);
    }

    private static async Task<Deal> Begin(Session session, Deal deal)
    {
        var stage = await FirstStage(session, deal);
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

    // What was won or lost long ago is brought along by an import; otherwise a deal is won or lost in the end, not at the beginning.
    private static async Task<Stage> FirstStage(Session session, Deal deal)
    {
        if (deal.PipelineId is null && deal.StageId is null && deal.PipelineName is null)
            await EnterDefaultPipeline.Of(session);
        var book = await PipelineBook.Of(session);
        var pipeline = deal.PipelineName is { } name
            ? book.Open.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown("pipelineName", $"no pipeline called {name}", book.Open.Select(p => p.Name))
            : deal.PipelineId is { } id ? book.Open.FirstOrDefault(p => p.Id == id) ?? throw Unknown("pipelineId", $"no pipeline {id} to enter deals in", book.Open.Select(p => p.Name))
            : deal.StageId is { } of ? book.Open.FirstOrDefault(p => p.Id == book.Stage(of)?.PipelineId) ?? throw Unknown("stageId", $"no stage {of} to enter deals in", [])
            : book.Open.First();
        var stages = book.OpenTo(pipeline.Id).ToList();
        var stage = deal.StageName is { } called
            ? stages.Find(s => s.Name.Equals(called, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown("stageName", $"no stage called {called} in {pipeline.Name}", stages.Select(s => s.Name))
            : deal.StageId is { } one ? stages.Find(s => s.Id == one) ?? throw Unknown("stageId", $"no stage {one} in {pipeline.Name} to enter deals in", stages.Select(s => s.Name))
            : stages.Find(s => s.Type == StageType.Open) ?? throw new Refusal(409, "no_stage", $"{pipeline.Name} has no open stage for a deal to begin in.");
        return stage.Type == StageType.Open || session.Cause.Actor.Door == "import" ? stage
            : throw Refusal.Invalid("stageId", $"A deal begins in an open stage: {string.Join(", ", stages.Where(s => s.Type == StageType.Open).Select(s => s.Name))}.");
    }

    private static Refusal Unknown(string field, string what, IEnumerable<string> there)
    {
        var names = string.Join(", ", there);
        return Refusal.Invalid(field, $"There is {what}{(names.Length > 0 ? $"; there are {names}" : "")}.");
    }

    private static Deal Edited(Session session, Deal before, Deal after)
    {
        if (after.StageName is not null || after.PipelineName is not null)
            throw Refusal.Invalid(after.StageName is not null ? "stageName" : "pipelineName", "A deal that is there is moved: POST /deals/{id}/move.");
        if (before.ExpectedCloseOn == after.ExpectedCloseOn)
            return after;
        return after with
        {
            FirstCloseOn = after.FirstCloseOn ?? after.ExpectedCloseOn,
            Slips = before.Slips == after.Slips && after.ExpectedCloseOn > before.ExpectedCloseOn ? before.Slips + 1 : after.Slips,
            OverdueAt = after.ExpectedCloseOn >= DateOnly.FromDateTime(session.Now.UtcDateTime) ? null : after.OverdueAt,
        };
    }
}
