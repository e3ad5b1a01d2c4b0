using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// What was won or lost is worked on again: the deal goes back to the stage it came from, or to the one named. A pipeline foresees that only where its moves
/// say so; the reason is what stands for it on record.
/// </summary>
public static class ReopenDeal
{
    /// <summary>Why, and into which stage.</summary>
    public sealed record Request(string Reason, Guid? StageId = null, Guid? From = null);

    /// <summary>Reopens a deal.</summary>
    public static async Task<Deal> Handle(Guid id, Request request, Session session)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
            throw Refusal.Invalid("reason", "Say why it is worked on again.", BrokenRule.Required);
        var deal = await session.Lock<Deal>(id);
        var book = await PipelineBook.Of(session);
        if (request.From is null && deal.Status == StageType.Open)
            throw new Refusal(409, "open_already", "The deal is open already.");
        var target = request.StageId is { } named
            ? book.Stage(named) ?? throw Refusal.Invalid("stageId", "There is no such stage.", BrokenRule.Missing)
            : book.Stage(deal.PreviousStageId) is { Type: StageType.Open, Archived: false, DeletedAt: null } before ? before
            : book.OpenTo(deal.PipelineId).FirstOrDefault(s => s.Type == StageType.Open)
                ?? throw new Refusal(409, "no_stage", "The pipeline has no open stage.");
        if (target.Type != StageType.Open)
            throw Refusal.Invalid("stageId", $"{target.Name} is no open stage.");
        return await Moving.To(session, deal, target, new(request.From, Override: request.Reason) { Permission = null });
    }
}
