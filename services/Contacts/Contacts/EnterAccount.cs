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
        return after with { AccountId = (await Named(session, name)).Id, AccountName = null };
    }

    // The one with exactly that name before those with nearly that; what this session has found or entered it need not look for again.
    private static async Task<Account> Named(Session session, string name)
    {
        if (Keys.OfCompany(name) is not { } key)
            return await session.Create(new Account { Name = name });
        var known = Known(session);
        if (!known.ContainsKey(key))
            await LookFor(session, key, known);
        var named = known[key];
        if (named.Count == 0)
            named.Add(await session.Create(new Account { Name = name }));
        return named.Find(a => a.Name == name) ?? named[0];
    }

    private static Dictionary<string, List<Account>> Known(Session session)
    {
        if (session.Known.TryGetValue("accounts named", out var known))
            return (Dictionary<string, List<Account>>)known;
        var none = new Dictionary<string, List<Account>>();
        session.Known["accounts named"] = none;
        return none;
    }

    // Two who enter the first people of one company at once enter one company.
    private static async Task LookFor(Session session, string key, Dictionary<string, List<Account>> known)
    {
        string[] keys = [.. session.Coming("accountName").Select(Keys.OfCompany).OfType<string>().Append(key).Distinct().Where(k => !known.ContainsKey(k))];
        await Find(session, keys, known);
        string[] missing = [.. keys.Where(k => known[k].Count == 0)];
        if (missing.Length == 0)
            return;
        await session.Hold(missing.Select(k => $"account {k}"));
        await Find(session, missing, known);
    }

    // Locked, so that none is put into the trash meanwhile. One that the writer does not see is not there for them.
    private static async Task Find(Session session, string[] keys, Dictionary<string, List<Account>> known)
    {
        var found = await session.List<Account>(
            """
            deleted_at is null and id = any(array(
                select k.id from unnest(@keys) asked (key), lateral (
                    select id from record_key where tenant = @tenant and record = 'account' and key = asked.key limit 20) k))
            """,
            new { keys }, locks: true);
        var seen = await session.Seen<Account>(found.Select(a => a.Id));
        var named = found.Where(a => seen.Contains(a.Id)).ToLookup(a => Keys.OfCompany(a.Name));
        foreach (var key in keys)
            known[key] = [.. named[key]];
    }
}
