using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>What a deal needs to be in a stage, and who may put it there.</summary>
internal static class Readiness
{
    /// <summary>The code of a deal that lacks something.</summary>
    public const string Missing = "missing_fields";

    /// <summary>Refuses with everything at once that is missing, by field, so that a dialog can ask for it.</summary>
    public static async Task Demand(Session session, Deal deal, Stage stage, IReadOnlyList<string>? undone = null)
    {
        var needed = stage.RequiredFields.Concat(stage.Type switch
        {
            StageType.Won => ["winReason"],
            StageType.Lost => ["lossReason"],
            _ => Array.Empty<string>(),
        }).Distinct();
        var lacking = await session.Lacking(deal, needed);
        var errors = lacking.ToDictionary(f => f.Key, f => (string[])[$"{f.Value} is needed to be in {stage.Name}."]);
        if (undone?.Count > 0)
            errors["done"] = [.. undone.Select(item => $"To be done first: {item}.")];
        if (errors.Count > 0)
            throw new Refusal(422, Missing, $"The deal is not ready for {stage.Name}.")
            {
                Errors = errors,
                Facts = new Dictionary<string, object?>
                {
                    ["stage"] = new { stage.Id, stage.Name },
                    ["missing"] = lacking.Keys,
                    ["undone"] = undone ?? [],
                    [Refusal.BrokenRules] = lacking.ToDictionary(f => f.Key, _ => new[] { BrokenRule.Required }),
                },
            };
    }

    /// <summary>Refuses whoever may not put deals into a stage.</summary>
    public static async Task MayEnter(Session session, Stage stage)
    {
        var rights = (await session.Standing()).Rights;
        if (stage.Roles.Length > 0 && !rights.IsEverything && !stage.Roles.Any(rights.Includes))
            throw new Refusal(403, Refusal.Denied, $"{string.Join(", ", stage.Roles)} put deals into {stage.Name}.")
            {
                Facts = new Dictionary<string, object?> { ["stage"] = new { stage.Id, stage.Name }, ["roles"] = stage.Roles },
            };
    }
}
