using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Analytics.Tests.Reach;

public sealed class ContactsByIndustryTests
{
    [Fact]
    public async Task People_are_counted_in_the_industry_of_their_company()
    {
        var crm = await TestCrm.Tenant();
        var engines = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines", industry = "Computing" })).Expect(201);
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = engines.Id })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Babbage", accountId = engines.Id })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { lastName = "Menabrea" })).Expect(201);
        await TestCrm.Eventually(async () => Assert.Equal(["Computing 2 1", " 1 0"], await Figures(crm)));

        // Copies follow what happens to the originals.
        (await crm.Contacts.Delete($"/contacts/{ada.Id}")).Expect(204);
        (await crm.Contacts.Patch($"/accounts/{engines.Id}", new { industry = "Engineering" })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal([" 1 0", "Engineering 1 1"], (await Figures(crm)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Everybody_counts_the_people_and_companies_they_see()
    {
        var crm = await TestCrm.Tenant();
        var (me, nobody) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var mine = (await crm.Contacts.Post("/accounts", new { name = "Mine", industry = "Trade", ownerId = me })).Expect(201).Id;
        var theirs = (await crm.Contacts.Post("/accounts", new { name = "Theirs", industry = "War" })).Expect(201).Id;
        foreach (var (accountId, ownerId) in new[] { (mine, me), (theirs, me), (theirs, nobody) })
            (await crm.Contacts.Post("/contacts", new { lastName = "Somebody", accountId, ownerId })).Expect(201);
        await TestCrm.Eventually(async () => Assert.Equal(["War 2 1", "Trade 1 1"], await Figures(crm)));

        Assert.Equal([" 1 0", "Trade 1 1"], (await Figures(crm, crm.TokenOf(me, ["sales"]))).Order(StringComparer.Ordinal));
        Assert.Empty(await Figures(crm, crm.TokenOf(Guid.CreateVersion7(), ["sales"])));
        Assert.Equal(["War 2 1", "Trade 1 1"], await Figures(crm, crm.TokenOf(nobody, ["readOnly"])));
    }

    private static async Task<IEnumerable<string>> Figures(TestCrm crm, string? token = null)
    {
        var door = token is null ? crm.Service("analytics") : crm.Service("analytics").WithToken(token);
        return from row in (await door.Get("/analytics/contacts-by-industry")).Expect(200).Body.EnumerateArray()
               select string.Join(' ', row.GetProperty("industry").GetString(), row.GetProperty("contacts"), row.GetProperty("accounts"));
    }
}
