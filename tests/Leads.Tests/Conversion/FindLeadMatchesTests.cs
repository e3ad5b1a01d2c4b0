using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Conversion;

public sealed class FindLeadMatchesTests
{
    [Theory]
    [InlineData("""{ "email": "ADA@x.example" }""", "email", true)]
    [InlineData("""{ "phone": "030 555" , "address": { "country": "DE" } }""", "", false)]
    [InlineData("""{ "phone": "+49 30 5550001" }""", "phone", true)]
    [InlineData("""{ "firstName": "lovelace", "lastName": "Adá" }""", "name sound", false)]
    [InlineData("""{ "firstName": "Ada", "lastName": "Lovelaze" }""", "sound", false)]
    [InlineData("""{ "firstName": "Ada", "lastName": "Byron" }""", "", false)]
    public async Task A_person_is_found_by_what_is_certain_and_by_what_may_be(string fields, string by, bool exact)
    {
        var crm = await TestCrm.Tenant();
        var person = (await crm.Contacts.Post("/contacts", new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            email = "ada@x.example",
            phone = "+49305550001"
        })).Expect(201).Id;
        await Known(crm, person);
        var lead = await crm.Lead(JsonSerializer.Deserialize<JsonElement>(fields));

        var found = (await crm.Leads().Get($"/leads/{lead.Id}/matches")).Expect(200)["contacts"].EnumerateArray().ToList();

        Assert.Equal(by.Length > 0 ? 1 : 0, found.Count);
        if (by.Length == 0)
            return;
        Assert.Equal((person, "Ada Lovelace", exact), (found[0].GetProperty("id").GetGuid(), found[0].GetProperty("name").GetString(),
            found[0].GetProperty("exact").GetBoolean()));
        Assert.Equal(by, string.Join(' ', found[0].GetProperty("by").EnumerateArray().Select(b => b.GetString())));
    }

    [Theory]
    [InlineData("""{ "company": "ENGINES & Co., Ltd." }""", "name sound", false)]
    [InlineData("""{ "company": "Something", "website": "http://www.engines.example/about" }""", "domain", true)]
    [InlineData("""{ "company": "Something", "email": "bob@engines.example" }""", "domain", true)]
    [InlineData("""{ "company": "Steam" }""", "", false)]
    public async Task A_company_is_found_by_its_domain_and_its_name(string fields, string by, bool exact)
    {
        var crm = await TestCrm.Tenant();
        var company = (await crm.Contacts.Post("/accounts", new { name = "Engines GmbH", website = "https://engines.example" })).Expect(201).Id;
        await Known(crm, company);
        var lead = await crm.Lead(JsonSerializer.Deserialize<JsonElement>(fields));

        var found = (await crm.Leads().Get($"/leads/{lead.Id}/matches")).Expect(200)["accounts"].EnumerateArray().ToList();

        Assert.Equal(by, string.Join(' ', found.SelectMany(f => f.GetProperty("by").EnumerateArray()).Select(b => b.GetString())));
        Assert.All(found, f => Assert.Equal((company, exact), (f.GetProperty("id").GetGuid(), f.GetProperty("exact").GetBoolean())));
    }

    [Fact]
    public async Task Who_is_not_seen_is_not_offered_and_who_went_to_the_trash_is_gone()
    {
        var crm = await TestCrm.Tenant();
        var (ada, lead) = (Guid.CreateVersion7(), await crm.Lead(new { lastName = "Lovelace", email = "ada@x.example", ownerId = (Guid?)null }));
        var person = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", email = "ada@x.example" })).Expect(201).Id;
        await Known(crm, person);
        await crm.Told("leads", "identity.role", Guid.CreateVersion7(), 1,
            """{ "name": "caller", "slices": ["*"], "records": [{ "record": "lead", "read": "all" }, { "record": "contact", "read": "own" }] }""");

        Task<Reply> Ask(Door door) => door.Get($"/leads/{lead.Id}/matches");
        await TestCrm.Eventually(async () => Assert.Equal(0, (await Ask(crm.Leads(ada, "caller"))).Expect(200)["contacts"].GetArrayLength()));
        Assert.Equal(1, (await Ask(crm.Leads())).Expect(200)["contacts"].GetArrayLength());

        (await crm.Contacts.Delete($"/contacts/{person}")).Expect(204);
        await TestCrm.Eventually(async () => Assert.Equal(0, (await Ask(crm.Leads())).Expect(200)["contacts"].GetArrayLength()));
    }

    private static Task Known(TestCrm crm, Guid id) => TestCrm.Eventually(async () => Assert.Equal(
        1, await crm.Sql("leads", As.Admin).Value<long>("select count(*) from copy where tenant = $1 and id = $2", crm.Id, id)));
}
