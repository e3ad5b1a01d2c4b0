using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>
/// Makes one company of two that are the same: the winner keeps its values and takes the loser's where it has none or where they are chosen,
/// lists are united, whoever refers to the loser refers to the winner, the loser goes to the trash. All of it is one operation and can be undone.
/// </summary>
public static class MergeAccounts
{
    /// <summary>The company to merge into the one of the address, and whose values stay where both have one: the id of either, by field.</summary>
    public sealed record Request(Guid Loser, Dictionary<string, Guid>? Fields = null);

    /// <summary>Merges another company into this one and moves its contacts.</summary>
    public static async Task<Account> Handle(Guid id, Request request, Session session)
    {
        var (winner, loser) = await Merging.Pair<Account>(session, id, request.Loser);
        await session.Defer(); // the hierarchy is right again at the end
        var merged = await Merging.Filled(session, winner, loser, request.Fields) with
        {
            ParentId = await Merging.Above(session, winner, loser, nameof(Account.ParentId)),
        };
        await DropDoubles(winner, loser, session);
        var moved = await Merging.Repoint(session, loser, winner);
        await Merging.Away(session, loser, winner);
        return await session.Change(winner, merged, new AccountMerged { Loser = loser.Id, ContactsMoved = moved.GetValueOrDefault("contact") });
    }

    // A person whose part in both is the same person's part in one.
    private static async Task DropDoubles(Account winner, Account loser, Session session)
    {
        var doubles = await session.List<AccountContact>(
            """
            account_id = @loser and "to" is null and deleted_at is null and contact_id in (
                select contact_id from account_contact
                where tenant = @tenant and account_id = @winner and "to" is null and deleted_at is null)
            """,
            new { loser = loser.Id, winner = winner.Id }, locks: true);
        foreach (var part in doubles)
            await session.Delete(part);
    }
}
