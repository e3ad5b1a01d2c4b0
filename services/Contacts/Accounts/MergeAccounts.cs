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

    private sealed record Above(Guid Id);

    /// <summary>Merges another company into this one and moves its contacts.</summary>
    public static async Task<Account> Handle(Guid id, Request request, Session session)
    {
        if (request.Loser == id)
            throw Refusal.Invalid("loser", "A company cannot be merged with itself.");

        var (winner, loser) = await Pair(id, request.Loser, session);
        await session.Defer(); // the hierarchy is right again at the end
        var merged = Merging.Filled(session, winner, loser, request.Fields) with { ParentId = await Parent(winner, loser, session) };
        await DropDoubles(winner, loser, session);
        var moved = await Merging.Repoint(session, loser, winner);
        await session.Delete(loser);
        return await session.Change(winner, merged, new AccountMerged { Loser = loser.Id, ContactsMoved = moved.GetValueOrDefault("contact") });
    }

    // Always in the same order, so that two merges of the same pair wait for each other instead of for ever.
    private static async Task<(Account Winner, Account Loser)> Pair(Guid winner, Guid loser, Session session)
    {
        var first = await session.Lock<Account>(winner.CompareTo(loser) < 0 ? winner : loser);
        var second = await session.Lock<Account>(winner.CompareTo(loser) < 0 ? loser : winner);
        return first.Id == winner ? (first, second) : (second, first);
    }

    // What was above both stays above; what was between them comes below the winner.
    private static async Task<Guid?> Parent(Account winner, Account loser, Session session)
    {
        if (await IsAbove(loser, winner, session))
            return loser.ParentId;
        return winner.ParentId ?? (await IsAbove(winner, loser, session) ? null : loser.ParentId);
    }

    private static async Task<bool> IsAbove(Account one, Account other, Session session) => (await session.Query<Above>(
        """
        with recursive above (id) as (
            select @parent union select a.parent_id from above b join account a on a.tenant = @tenant and a.id = b.id)
        select id from above where id = @one
        """,
        new { parent = other.ParentId ?? Guid.Empty, one = one.Id })).Count > 0;

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
