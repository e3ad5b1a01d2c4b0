using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Companies;

/// <summary>What companies can sign up for, and how many people each brings. How much their programs may ask is the edge's to hold.</summary>
public static class Plans
{
    /// <summary>What a company has that has chosen nothing.</summary>
    public const string Usual = "standard";

    private static readonly Dictionary<string, int> People = new() { [Usual] = 50, ["partner"] = 500, ["internal"] = int.MaxValue };

    /// <summary>All there are.</summary>
    public static IEnumerable<string> All => People.Keys;

    /// <summary>Whether there is such a plan.</summary>
    public static bool Has(string plan) => People.ContainsKey(plan);

    /// <summary>How many people can work with the platform.</summary>
    public static int PeopleOf(string plan) => People.GetValueOrDefault(plan, People[Usual]);

    /// <summary>Refuses one more person than the company's plan has room for. One asks at a time.</summary>
    public static async Task CheckRoom(Session session, Guid but)
    {
        if ((await session.List<Company>("deleted_at is null", new { })).FirstOrDefault() is not { } company)
            return;
        await session.Hold(["people"]);
        var (most, there) = (PeopleOf(company.Plan), await session.Query<long>(
            "select count(*) from person where tenant = @tenant and deleted_at is null and status <> 'deactivated' and id <> @but", new { but }));
        if (there[0] >= most)
            throw new Refusal(409, "plan_full", $"The plan {company.Plan} has room for {most} people.");
    }
}
