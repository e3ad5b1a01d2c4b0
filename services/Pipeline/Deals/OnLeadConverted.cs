using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// A lead became a deal: it is entered under the id it was given, and the person takes part in it. What cannot be entered is told, and the lead is open
/// again.
/// </summary>
public sealed class OnLeadConverted : IConsumer<LeadConverted>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<LeadConverted> context)
    {
        var (session, told) = (context.Session(), context.Message);
        if (told is not { DealId: { } id, Deal: { } fields })
            return Task.CompletedTask;
        return session.Follow("leads.lead.converted", told.Id, async () =>
        {
            if ((await session.List<Deal>("id = @id", new { id })).Count > 0)
                return;
            var deal = await session.Create(fields, new Deal { Id = id });
            await session.Create(new DealContact { DealId = deal.Id, ContactId = told.ContactId, Primary = true });
        });
    }
}
