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

    private const string Name = "Sales";

    private static readonly string[] Offered = ["amount", "expectedCloseOn"];

    private static readonly Stage[] Usual =
    [
        Open("Qualification", 10, ForecastCategory.Pipeline, "#9aa5b1"),
        Open("Needs analysis", 25, ForecastCategory.Pipeline, "#2f80ed") with { MaxAgeDays = 30 },
        Open("Proposal", 50, ForecastCategory.BestCase, "#f2c94c") with { MaxAgeDays = 30, RequiredFields = Offered },
        Open("Negotiation", 75, ForecastCategory.Commit, "#f2994a") with { MaxAgeDays = 21, RequiredFields = Offered },
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
        if ((await PipelineBook.Of(session)).Usable.FirstOrDefault() is { } known)
            return known;
        await session.Hold(["default pipeline"]);
        PipelineBook.Forget(session);
        if ((await PipelineBook.Of(session)).Usable.FirstOrDefault() is { } meanwhile)
            return meanwhile;
        if ((await PipelineBook.Of(session)).Called(Name) is not null)
            throw new Refusal(409, "no_pipeline", "No pipeline has an open stage: bring one back into use.");
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
        var pipeline = await session.Create(new Pipeline { Name = Name });
        for (var i = 0; i < Usual.Length; i++)
            await session.Create(Usual[i] with { PipelineId = pipeline.Id, Position = i });
        return pipeline;
    }

    private static Stage Open(string name, int probability, ForecastCategory category, string color) =>
        new() { Name = name, Probability = probability, Category = category, Color = color };
}
