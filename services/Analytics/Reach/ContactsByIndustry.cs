using CrmPlatform.Journal;

namespace CrmPlatform.Analytics.Reach;

/// <summary>Where the people we know work.</summary>
public static class ContactsByIndustry
{
    /// <summary>One industry; empty for people without a company or a company without one.</summary>
    public sealed record Row(string? Industry, long Contacts, long Accounts);

    /// <summary>How many people we know in each industry, and in how many companies.</summary>
    public static async Task<IReadOnlyList<Row>> Handle(Session session) => await session.Query<Row>(
        """
        select a.fields ->> 'industry' as industry, count(*) as contacts, count(distinct a.id) as accounts
        from copy c
        left join copy a on a.tenant = c.tenant and a.record = 'contacts.account' and a.id = (c.fields ->> 'accountId')::uuid
        where c.tenant = @tenant and c.record = 'contacts.contact' and not c.deleted
        group by 1 order by contacts desc, industry
        """);
}
