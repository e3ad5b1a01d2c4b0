using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>They have not bought: the deal goes to the lost stage of its pipeline, and, where that is known, a competitor has won it.</summary>
public static class LoseDeal
{
    /// <summary>Why they did not buy, what there is to say about it, and to whom it went.</summary>
    public sealed record Request(
        string Reason, string? Note = null, Guid? CompetitorId = null, Guid? StageId = null, Guid? From = null,
        Dictionary<string, JsonElement>? Fields = null, string? Override = null);

    /// <summary>Loses a deal.</summary>
    public static async Task<Deal> Handle(Guid id, Request request, Session session)
    {
        var deal = await session.Lock<Deal>(id);
        var target = await Closing.Stage(session, deal, StageType.Lost, request.StageId);
        if (request.CompetitorId is { } competitor)
            await Won(session, deal, competitor);
        return await Moving.To(session, deal, target, new(
            request.From, Closing.Fields(request.Fields, "lossReason", request.Reason, request.Note), null, request.Override));
    }

    private static async Task Won(Session session, Deal deal, Guid competitor)
    {
        var known = await session.List<DealCompetitor>(
            "deal_id = @deal and competitor_id = @competitor and deleted_at is null", new { deal = deal.Id, competitor }, locks: true);
        if (known is [var part])
            await session.Change(part, part with { HasWon = true });
        else
            await session.Create(new DealCompetitor { DealId = deal.Id, CompetitorId = competitor, HasWon = true });
    }
}
