using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Records.Jobs;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>What holds of every stage.</summary>
public static class StageRule
{
    /// <summary>The kind of job that makes the open deals of a stage follow what has changed of it.</summary>
    public const string Reweigh = "reweigh";

    /// <summary>
    /// Won is certain and lost is not to be hoped for; what is required are fields that deals have; one with deals is archived, never deleted.
    /// </summary>
    public static async ValueTask<Stage> Rule(Session session, Stage? before, Stage after)
    {
        await PipelineRule.MayShape(session);
        after = after.Type switch
        {
            StageType.Won => after with { Probability = 100, Category = ForecastCategory.Closed, MaxAgeDays = null },
            StageType.Lost => after with { Probability = 0, Category = ForecastCategory.Omitted, MaxAgeDays = null },
            _ when before is null && after.Category == ForecastCategory.Omitted => after with { Category = ForecastCategory.Pipeline },
            _ => after,
        };
        if (after is { Type: StageType.Open, Category: ForecastCategory.Closed })
            throw Refusal.Invalid("category", "Only what is won counts as closed.");
        if (before is null || !before.RequiredFields.SequenceEqual(after.RequiredFields))
            await CheckFields(session, after);
        if (before is { DeletedAt: null } && after.DeletedAt is not null)
            await PipelineRule.RefuseWithDeals(session, "stage_id", after.Id, "stage");
        if (before is { Type: StageType.Open }
            && (before.Probability, before.Category, before.MaxAgeDays) != (after.Probability, after.Category, after.MaxAgeDays))
            await Rewrites.Ask<Deal>(session, Reweigh, after.Id);
        PipelineBook.Forget(session);
        return after;
    }

    private static async Task CheckFields(Session session, Stage stage)
    {
        var known = await session.FieldNames<Deal>();
        var unknown = stage.RequiredFields.Where(f => !known.Contains(f)).ToList();
        if (unknown.Count > 0)
            throw Refusal.Invalid("requiredFields", $"A deal has no field {string.Join(", ", unknown)}.");
    }
}
