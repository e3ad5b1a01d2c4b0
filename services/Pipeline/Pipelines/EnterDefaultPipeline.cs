using CrmPlatform.Journal;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>
/// The pipeline to begin with: a company gets it when it signs up, and whoever enters the first deal of a tenant that has none brings it about. Made
/// once, whoever comes first, and under an operation of its own, so that undoing the deal leaves it.
/// </summary>
public static class EnterDefaultPipeline
{
    /// <summary>Under this name a session knows that it is making it.</summary>
    internal const string Making = "makingDefaultPipeline";

    private static readonly Stage[] Usual =
    [
        new() { Name = "Qualification", Probability = 10, Category = ForecastCategory.Pipeline, Color = "#9aa5b1" },
        new() { Name = "Needs analysis", Probability = 25, Category = ForecastCategory.Pipeline, Color = "#2f80ed", MaxAgeDays = 30 },
        new() { Name = "Proposal", Probability = 50, Category = ForecastCategory.BestCase, Color = "#f2c94c", MaxAgeDays = 30, RequiredFields = ["amount", "expectedCloseOn"] },
        new() { Name = "Negotiation", Probability = 75, Category = ForecastCategory.Commit, Color = "#f2994a", MaxAgeDays = 21, RequiredFields = ["amount", "expectedCloseOn"] },
        new() { Name = "Won", Type = StageType.Won, Color = "#27ae60", RequiredFields = ["amount"] },
        new() { Name = "Lost", Type = StageType.Lost, Color = "#eb5757" },
    ];

    /// <summary>The tenant's default pipeline; made now where there is none.</summary>
    public static async Task<Pipeline> Handle(Session session)
    {
        await PipelineRule.MayShape(session);
        return await Of(session);
    }

    /// <summary>The same, whoever needs it.</summary>
    internal static async Task<Pipeline> Of(Session session)
    {
        if ((await PipelineBook.Of(session)).Open.FirstOrDefault() is { } known)
            return known;
        await session.Hold(["default pipeline"]);
        PipelineBook.Forget(session);
        if ((await PipelineBook.Of(session)).Open.FirstOrDefault() is { } meanwhile)
            return meanwhile;
        if (!(await PipelineBook.Of(session)).IsEmpty)
            throw new Refusal(409, "no_pipeline", "All pipelines are archived: bring one back into use.");
        Pipeline? made = null;
        session.Known[Making] = true;
        try
        {
            await session.Apart(async () => made = await Enter(session));
        }
        finally
        {
            session.Known.Remove(Making);
        }
        return made!;
    }

    private static async Task<Pipeline> Enter(Session session)
    {
        var pipeline = await session.Create(new Pipeline { Name = "Sales", IsDefault = true });
        for (var i = 0; i < Usual.Length; i++)
            await session.Create(Usual[i] with { PipelineId = pipeline.Id, Position = i });
        return pipeline;
    }
}
