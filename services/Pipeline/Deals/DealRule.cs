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
        after = before is null ? await Beginning.Of(session, after) : Edited(session, before, after);
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
