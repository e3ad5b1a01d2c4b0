using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>
/// Makes one person of two that are the same: the winner keeps its values and takes the loser's where it has none or where they are chosen,
/// lists are united, what forbids something stays forbidden, whoever refers to the loser refers to the winner, the loser goes to the trash. All of
/// it is one operation and can be undone.
/// </summary>
public static class MergeContacts
{
    /// <summary>The person to merge into the one of the address, and whose values stay where both have one: the id of either, by field.</summary>
    public sealed record Request(Guid Loser, Dictionary<string, Guid>? Fields = null);

    /// <summary>Merges another person into this one.</summary>
    public static async Task<Contact> Handle(Guid id, Request request, Session session)
    {
        var (winner, loser) = await Merging.Pair<Contact>(session, id, request.Loser);
        await session.Defer(); // the hierarchy is right again at the end
        var merged = await Merging.Filled(session, winner, loser, request.Fields) with
        {
            ReportsToId = await Merging.Above(session, winner, loser, nameof(Contact.ReportsToId)),
            LifecycleStage = Lifecycle.Further(winner.LifecycleStage, loser.LifecycleStage),
            StagesReached = Lifecycle.Both(winner.StagesReached, loser.StagesReached),
            LastActivityAt = winner.LastActivityAt > loser.LastActivityAt ? winner.LastActivityAt : loser.LastActivityAt ?? winner.LastActivityAt,
            NextActivityAt = winner.NextActivityAt < loser.NextActivityAt ? winner.NextActivityAt : loser.NextActivityAt ?? winner.NextActivityAt,
        };
        await UniteConsents(winner, loser, session);
        await DropDoubles(winner, loser, session);
        await Merging.Repoint(session, loser, winner);
        await Merging.Away(session, loser, winner);
        return await session.Change(winner, merged, new ContactMerged { Loser = loser.Id });
    }

    // One question has one answer: the one that allows less, with where it comes from.
    private static async Task UniteConsents(Contact winner, Contact loser, Session session)
    {
        var all = await session.List<Consent>("contact_id = any(@both) and deleted_at is null", new { both = Both(winner, loser) }, locks: true);
        foreach (var theirs in all.Where(c => c.ContactId == loser.Id))
            if (all.Find(c => c.ContactId == winner.Id && c.Purpose == theirs.Purpose && c.Channel == theirs.Channel) is { } ours)
            {
                if (theirs.State < ours.State)
                    await session.Change(ours, ours with
                    {
                        State = theirs.State,
                        Basis = theirs.Basis,
                        Source = theirs.Source,
                        Proof = theirs.Proof,
                        TextVersion = theirs.TextVersion,
                        Wording = theirs.Wording,
                        GivenAt = theirs.GivenAt,
                        WithdrawnAt = theirs.WithdrawnAt,
                        ExpiresAt = theirs.ExpiresAt,
                    });
                await session.Delete(theirs);
            }
    }

    // What is said of both would be said twice of one, and what one is to the other is nothing.
    private static async Task DropDoubles(Contact winner, Contact loser, Session session)
    {
        var both = Both(winner, loser);
        var parts = await session.List<AccountContact>(
            "contact_id = any(@both) and \"to\" is null and deleted_at is null", new { both }, locks: true);
        foreach (var part in parts.Where(p => p.ContactId == loser.Id))
            if (parts.Exists(p => p.ContactId == winner.Id && p.AccountId == part.AccountId))
                await session.Delete(part);

        var relations = await session.List<ContactRelation>(
            "(contact_id = any(@both) or related_id = any(@both)) and deleted_at is null", new { both }, locks: true);
        var known = new HashSet<(Guid?, RelationKind?)>();
        foreach (var relation in relations.OrderByDescending(r => r.ContactId == winner.Id || r.RelatedId == winner.Id))
        {
            var mine = both.Contains(relation.ContactId!.Value);
            var (other, kind) = mine ? (relation.RelatedId, relation.Kind) : (relation.ContactId, relation.Inverse);
            if (both.Contains(other!.Value) || !known.Add((other, kind)))
                await session.Delete(relation);
        }
    }

    private static Guid[] Both(Contact winner, Contact loser) => [winner.Id, loser.Id];
}
