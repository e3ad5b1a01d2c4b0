using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Two people were one: who took part in deals as the one that is gone takes part as the other, once in each.</summary>
public sealed class OnContactMerged : IConsumer<ContactMerged>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ContactMerged> context)
    {
        var (session, winner, loser) = (context.Session(), context.Message.Id, context.Message.Loser);
        var parts = await session.List<DealContact>(
            "contact_id = any(@both) and deleted_at is null", new { both = (Guid[])[winner, loser] }, locks: true);
        foreach (var theirs in parts.Where(p => p.ContactId == loser))
            if (parts.Find(p => p.ContactId == winner && p.DealId == theirs.DealId) is { } ours)
            {
                await session.Delete(theirs);
                await session.Change(ours, ours with
                {
                    Role = ours.Role ?? theirs.Role,
                    Note = ours.Note ?? theirs.Note,
                    Primary = ours.Primary || theirs.Primary,
                });
            }
            else
                await session.Change(theirs, theirs with { ContactId = winner });
    }
}
