using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// Moves a deal to another stage, of its pipeline or of another one. What the stage asks for and the deal lacks is answered all at once, by field, and may be
/// sent along with the move.
/// </summary>
public static class MoveDeal
{
    /// <summary>
    /// Where it goes. <c>from</c> is the stage the mover sees it in: of several who move it at once, one does and the others are told. <c>override</c> says
    /// why it goes though the pipeline does not foresee that.
    /// </summary>
    public sealed record Request(
        Guid StageId, Guid? From = null, Dictionary<string, JsonElement>? Fields = null, IReadOnlyList<string>? Done = null, string? Override = null);

    /// <summary>Moves a deal to another stage.</summary>
    public static async Task<Deal> Handle(Guid id, Request request, Session session)
    {
        var deal = await session.Lock<Deal>(id);
        var target = (await PipelineBook.Of(session)).Stage(request.StageId)
            ?? throw Refusal.Invalid("stageId", "There is no such stage.", BrokenRule.Missing);
        return await Moving.To(session, deal, target, new(request.From, request.Fields, request.Done, request.Override));
    }
}
