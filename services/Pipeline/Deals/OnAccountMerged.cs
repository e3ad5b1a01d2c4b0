using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Two companies were one: the deals of the one that is gone are those of the other.</summary>
public sealed class OnAccountMerged : IConsumer<AccountMerged>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<AccountMerged> context)
    {
        var (session, merged) = (context.Session(), context.Message);
        foreach (var deal in await session.List<Deal>("account_id = @loser", new { loser = merged.Loser }, locks: true))
            await session.Change(deal, deal with { AccountId = merged.Id });
    }
}
