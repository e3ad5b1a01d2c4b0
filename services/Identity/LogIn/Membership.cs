using CrmPlatform.Journal;

namespace CrmPlatform.Identity.LogIn;

/// <summary>A person as one of a company.</summary>
/// <param name="Company">The company.</param>
/// <param name="CompanyName">What it is called.</param>
/// <param name="UserId">The person's record there.</param>
/// <param name="Name">What they are called there.</param>
/// <param name="Roles">Their roles there.</param>
public sealed record Membership(Guid Company, string CompanyName, Guid UserId, string Name, string[] Roles)
{
    /// <summary>The companies an address may work for, in a session of the installation.</summary>
    public static async Task<IReadOnlyList<Membership>> Of(Session session, string email) => [.. (await session.Query<Row>(
        """
        select p.tenant, coalesce(c.name, 'Company') as company, p.id, p.name, p.roles
        from person p left join company c on c.tenant = p.tenant and c.id = p.tenant
        where p.email = @email and p.status = 'active' and p.deleted_at is null and @tenant = '00000000-0000-0000-0000-000000000000'
        order by c.name, p.tenant
        """,
        new { email })).Select(r => new Membership(r.Tenant, r.Company, r.Id, r.Name, r.Roles))];

    private sealed record Row
    {
        public required Guid Tenant { get; init; }

        public required string Company { get; init; }

        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string[] Roles { get; init; }
    }
}
