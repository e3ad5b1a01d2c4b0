using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Deals;

namespace CrmPlatform.Pipeline.Products;

/// <summary>Says what a deal is about, all lines in one save: those that are not sent are gone, and its amount is what they come to.</summary>
public static class SetLines
{
    /// <summary>The lines, in their order, and the price book they take prices from where they name none.</summary>
    public sealed record Request(IReadOnlyList<DealLine> Lines, Guid? PriceBookId = null);

    /// <summary>Replaces a deal's lines.</summary>
    public static async Task<Deal> Handle(Guid id, Request request, Session session)
    {
        if (request.Lines is null)
            throw Refusal.Invalid("lines", "Say which lines the deal has; an empty list where it has none.", BrokenRule.Required);
        var deal = await session.Lock<Deal>(id);
        return await session.Change(deal, deal with
        {
            PriceBookId = request.PriceBookId ?? deal.PriceBookId,
            Lines = [.. request.Lines.Select((line, i) => line with { Position = i })],
        });
    }
}
