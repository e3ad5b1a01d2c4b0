using CrmPlatform.Contacts.Contacts;
using CrmPlatform.Contracts.Contacts;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>
/// Makes one company of two that are the same: the winner keeps its values and takes the loser's where it has none, the loser's contacts
/// move, the loser goes to the trash. All of it is one operation and can be undone.
/// </summary>
public static class MergeAccounts
{
    /// <summary>The company to merge into the one of the address.</summary>
    public sealed record Request(Guid Loser);

    /// <summary>Merges another company into this one and moves its contacts.</summary>
    public static async Task<Account> Handle(Guid id, Request request, Session session)
    {
        if (request.Loser == id)
            throw Refusal.Invalid("loser", "A company cannot be merged with itself.");

        // Always in the same order, so that two merges of the same pair wait for each other instead of for ever.
        Account[] pair = id.CompareTo(request.Loser) < 0
            ? [await session.Lock<Account>(id), await session.Lock<Account>(request.Loser)]
            : [.. new[] { await session.Lock<Account>(request.Loser), await session.Lock<Account>(id) }.Reverse()];
        var (winner, loser) = (pair[0], pair[1]);

        var moving = await session.List<Contact>("account_id = @loser", new { loser = loser.Id }, locks: true);
        foreach (var contact in moving)
            await session.Change(contact, contact with { AccountId = winner.Id });
        await session.Delete(loser);

        return await session.Change(winner, FilledFrom(loser, winner), new AccountMerged { Loser = loser.Id, ContactsMoved = moving.Count });
    }

    private static Account FilledFrom(Account loser, Account winner) => winner with
    {
        Domain = winner.Domain ?? loser.Domain,
        Industry = winner.Industry ?? loser.Industry,
        Employees = winner.Employees ?? loser.Employees,
    };
}
