using CrmPlatform.Contacts.Accounts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Search;
using CrmPlatform.Records.Cleaning;

namespace CrmPlatform.Contacts.Duplicates;

/// <summary>Finds companies that are there already: by the same web domain, or by a name that differs only in case, signs and what it is in law.</summary>
public static class FindDuplicateAccounts
{
    /// <summary>Companies that are there already and seem to be the same.</summary>
    public static async Task<IReadOnlyList<Match>> Handle(string? domain, string? name, Session session) =>
        Matches.Of(await Matches.Told<Account>(session, await Ask(session, Asked(domain is null ? [] : [Clean.Domain(domain)], name ?? "")), "name"));

    /// <summary>The rule.</summary>
    public static async ValueTask<Account> Rule(Session session, Account? before, Account after)
    {
        if (before is null)
            await Matches.Judge<Account>(
                session, "account", "name", after.AllowDuplicate == true, () => Asked(after.Domains, after.Name), keys => Ask(session, keys));
        return after;
    }

    private static string[] Asked(string[] domains, string name) => [.. RecordKeys.Kept(Keys.OfCompany(domains, name))];

    private static Task<List<Row>> Ask(Session session, string[] keys) => session.Query<Row>(
        """
        select s.duplicate_accounts as mode, m.id, m.key, m.name
        from (select) one
        left join contact_settings s on s.tenant = @tenant and s.deleted_at is null
        left join (
            select k.id, k.key, a.name from record_key k join account a on a.tenant = k.tenant and a.id = k.id
            where k.tenant = @tenant and k.record = 'account' and k.key = any(@keys) limit 50) m on true
        """,
        new { keys });
}
