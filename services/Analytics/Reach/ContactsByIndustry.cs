using CrmPlatform.Journal;

namespace CrmPlatform.Analytics.Reach;

/// <summary>Where the people we know work.</summary>
public static class ContactsByIndustry
{
    /// <summary>One industry; empty for people without a company or a company without one.</summary>
    public sealed record Row(string? Industry, long Contacts, long Accounts);

    /// <summary>How many people we know in each industry, and in how many companies: as far as the caller sees people, companies and these fields.</summary>
    public static async Task<IReadOnlyList<Row>> Handle(Session session)
    {
        var (contacts, accounts) = (await session.ReachOfCopies("contacts.contact"), await session.ReachOfCopies("contacts.account"));
        var known = contacts.Shows("accountId") && accounts.Shows("industry") ? accounts.Includes("a.id") : "false";
        return await session.Query<Row>(
            $"""
            select a.fields ->> 'industry' as industry, count(*) as contacts, count(distinct a.id) as accounts
            from copy c
            left join copy a on a.tenant = c.tenant and a.record = 'contacts.account' and a.id = (c.fields ->> 'accountId')::uuid and {known}
            where c.tenant = @tenant and c.record = 'contacts.contact' and not c.deleted and {contacts.Includes("c.id")}
            group by 1 order by contacts desc, industry
            """,
            new { contacts.Me, contacts.Teams });
    }
}
