using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>What is said of a deal in records of its own: who takes part, who works on it, who else is asked.</summary>
internal interface IPartOfDeal
{
    /// <summary>The deal.</summary>
    Guid? DealId { get; }
}

/// <summary>Whose parts of deals are: those of the deal are theirs, so who sees it sees them, and who may change it changes them.</summary>
internal static class PartsOfDeal
{
    /// <summary>The deal of a part, locked, so that what holds of all its parts holds whoever writes beside.</summary>
    public static async Task<Deal?> Deal(Session session, Guid? id)
    {
        if (id is not { } known)
            return null; // the field says so itself
        var deals = await session.List<Deal>("id = @known", new { known }, locks: true);
        if (deals is not [var deal])
            throw Refusal.Invalid("dealId", "There is no such deal.", BrokenRule.Missing);
        await session.Allow(deal, Access.Roles.Deed.Update);
        return deal;
    }

    /// <summary>A part as it is entered: it belongs to whom the deal belongs to.</summary>
    public static T Of<T>(T? before, T after, Deal? deal)
        where T : Record => before is not null || deal is null ? after : after with { OwnerId = deal.OwnerId, TeamId = deal.TeamId };

    /// <summary>A deal went into other hands: so do its parts.</summary>
    public static async Task HandOver(Session session, Deal deal)
    {
        await HandOver<DealContact>(session, deal);
        await HandOver<DealMember>(session, deal);
        await HandOver<DealCompetitor>(session, deal);
    }

    private static async Task HandOver<T>(Session session, Deal deal)
        where T : Record, IPartOfDeal
    {
        foreach (var part in await session.List<T>("deal_id = @id", new { id = deal.Id }, locks: true))
            await session.Change(part, part with { OwnerId = deal.OwnerId, TeamId = deal.TeamId });
    }
}
