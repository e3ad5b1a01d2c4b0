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

    private static async Task<IEnumerable<string>> Figures(TestCrm crm) =>
        from row in (await crm.Service("analytics").Get("/analytics/contacts-by-industry")).Expect(200).Body.EnumerateArray()
        select string.Join(' ', row.GetProperty("industry").GetString(), row.GetProperty("contacts"), row.GetProperty("accounts"));
}
