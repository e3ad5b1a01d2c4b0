using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Contacts.Duplicates;
using CrmPlatform.Journal;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>A person entered with a company's name: the company of that name is found, or entered in the same operation.</summary>
public static class EnterAccount
{
    /// <summary>The rule.</summary>
    public static async ValueTask<Contact> Rule(Session session, Contact? before, Contact after)
    {
        if (after.AccountName is not { Length: > 0 } name)
            return after;
        if (after.AccountId is not null && after.AccountId != before?.AccountId)
            throw Refusal.Invalid("accountName", "A company is given by its id or by its name, not by both.");
        var account = await Find(session, name) ?? await Enter(session, name);
        return after with { AccountId = account.Id, AccountName = null };
    }

    // Two who enter the first people of one company at once enter one company.
    private static async Task<Account> Enter(Session session, string name)
    {
        await session.Hold([$"account {Keys.OfCompany(name)}"]);
        return await Find(session, name) ?? await session.Create(new Account { Name = name });
    }

    // Locked, so that the company is not put into the trash meanwhile; the one with exactly that name before those with nearly that. One that the
    // writer does not see is not there for them.
    private static async Task<Account?> Find(Session session, string name)
    {
        if (Keys.OfCompany(name) is not { } key)
            return null;
        var found = await session.List<Account>(
            """
            deleted_at is null and id in (
                select id from record_key where tenant = @tenant and record = 'account' and key = @key limit 20)
            """,
            new { key }, locks: true);
        var seen = await session.Seen<Account>(found.Select(a => a.Id));
        found.RemoveAll(a => !seen.Contains(a.Id));
        return found.Find(a => a.Name == name) ?? (found.Count > 0 ? found[0] : null);
    }
}
