using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>What winning and losing have in common.</summary>
internal static class Closing
{
    /// <summary>The stage of its pipeline that a deal ends in: the one named, or the first of that kind.</summary>
    public static async Task<Stage> Stage(Session session, Deal deal, StageType type, Guid? named)
    {
        var stages = (await PipelineBook.Of(session)).OpenTo(deal.PipelineId).Where(s => s.Type == type).ToList();
        return named is { } id
            ? stages.Find(s => s.Id == id) ?? throw Refusal.Invalid("stageId", $"The pipeline has no stage {id} for what is {type}.", BrokenRule.Missing)
            : stages.FirstOrDefault() ?? throw new Refusal(409, "no_stage", $"The pipeline has no stage for what is {type.ToString().ToLowerInvariant()}.");
    }

    /// <summary>The fields to set: what was sent, the reason, the note.</summary>
    public static Dictionary<string, JsonElement> Fields(Dictionary<string, JsonElement>? sent, string reasonField, string? reason, string? note)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw Refusal.Invalid("reason", "Say why.", BrokenRule.Required);
        var fields = new Dictionary<string, JsonElement>(sent ?? []) { [reasonField] = JsonSerializer.SerializeToElement(reason) };
        if (note is not null)
            fields["closeNote"] = JsonSerializer.SerializeToElement(note);
        return fields;
    }
}
