using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>They have bought: the deal goes to the won stage of its pipeline.</summary>
public static class WinDeal
{
    /// <summary>Why they bought, what there is to say about it, and what the deal lacks; the stage where the pipeline has several won ones.</summary>
    public sealed record Request(
        string Reason, string? Note = null, Guid? StageId = null, Guid? From = null, Dictionary<string, JsonElement>? Fields = null,
        IReadOnlyList<string>? Done = null, string? Override = null);

    /// <summary>Wins a deal.</summary>
    public static async Task<Deal> Handle(Guid id, Request request, Session session)
    {
        var deal = await session.Lock<Deal>(id);
        var target = await Closing.Stage(session, deal, StageType.Won, request.StageId);
        return await Moving.To(session, deal, target, new(
            request.From, Closing.Fields(request.Fields, "winReason", request.Reason, request.Note), request.Done, request.Override));
    }
}
