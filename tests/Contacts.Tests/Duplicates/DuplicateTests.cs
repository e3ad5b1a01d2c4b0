using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Duplicates;

/// <summary>Those who are there already: FindDuplicateContacts and FindDuplicateAccounts, asked for and at the door.</summary>
public sealed class DuplicateTests
{
    [Theory]
    [InlineData("""{"lastName": "X", "email": "ADA@engines.example"}""", "email")]
    [InlineData("""{"lastName": "X", "emails": [{"address": "new@x.example"}, {"address": "second@engines.example"}]}""", "email")]
    [InlineData("""{"lastName": "X", "phone": "0044 20 7123 4567"}""", "phone")]
    [InlineData("""{"firstName": "ÁDA", "lastName": "Love-Lace", "accountName": "Engines"}""", "name")]
    [InlineData("""{"firstName": "Ada", "lastName": "Lovelace"}""", "")]
    [InlineData("""{"firstName": "Ada", "lastName": "Lovelace", "accountName": "Other"}""", "")]
    [InlineData("""{"lastName": "X", "email": "ada@other.example", "phone": "+442071234568"}""", "")]
    public async Task Whoever_seems_to_be_there_is_told_of_with_the_answer(string fields, string by)
    {
        var crm = await TestCrm.Tenant();
        var ada = await Ada(crm);
        await Ada(crm.Another());

        var entered = (await crm.Contacts.Post("/contacts", fields)).Expect(201);

        if (by.Length == 0)
            Assert.False(entered.Headers.ContainsKey("Crm-Warnings"), entered.Headers.GetValueOrDefault("Crm-Warnings"));
        else
            Assert.Equal((ada, "Ada Lovelace", by), Match(Warning(entered)));
    }

    [Theory]
    [InlineData("""{"name": "ENGINES, Inc."}""", "name")]
    [InlineData("""{"name": "X", "website": "https://www.engines.example/about"}""", "domain")]
    [InlineData("""{"name": "X", "domains": ["x.example", "two.example"]}""", "domain")]
    [InlineData("""{"name": "Engines of Rome", "domain": "rome.example"}""", "")]
    public async Task A_company_is_recognised_by_its_domains_and_its_name(string fields, string by)
    {
        var crm = await TestCrm.Tenant();
        var engines = (await crm.Contacts.Post(
            "/accounts", new { name = "Engines GmbH & Co. KG", domains = new[] { "engines.example", "two.example" } })).Expect(201).Id;

        var entered = (await crm.Contacts.Post("/accounts", fields)).Expect(201);

        if (by.Length == 0)
            Assert.False(entered.Headers.ContainsKey("Crm-Warnings"));
        else
            Assert.Equal((engines, "Engines GmbH & Co. KG", by), Match(Warning(entered)));
    }

    [Fact]
    public async Task The_tenant_says_whether_to_warn_to_ask_to_block_or_to_be_silent()
    {
        var crm = await TestCrm.Tenant();
        await Ada(crm);
        var twin = new { lastName = "Twin", email = "ada@engines.example" };
        var meant = new { lastName = "Twin", email = "ada@engines.example", allowDuplicate = true };
        var settings = (await crm.Contacts.Post("/contactSettings", new { duplicateContacts = "ask" })).Expect(201).Id;

        var asked = (await crm.Contacts.Post("/contacts", twin)).Expect(409, "possible_duplicate");
        Assert.Equal("Ada Lovelace", asked["matches"][0].GetProperty("name").GetString());
        var other = (await crm.Contacts.Post("/contacts", meant)).Expect(201);
        Assert.False(other.Body.TryGetProperty("allowDuplicate", out _));

        (await crm.Contacts.Patch($"/contactSettings/{settings}", new { duplicateContacts = "block" })).Expect(200);
        (await crm.Contacts.Post("/contacts", meant)).Expect(409, "possible_duplicate");
        (await crm.Contacts.Patch($"/contacts/{other.Id}", new { jobTitle = "An edit is none" })).Expect(200);

        (await crm.Contacts.Patch($"/contactSettings/{settings}", new { duplicateContacts = "off" })).Expect(200);
        Assert.False((await crm.Contacts.Post("/contacts", twin)).Expect(201).Headers.ContainsKey("Crm-Warnings"));
        Assert.Equal(3, (await crm.Contacts.Get("/contacts?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task Of_many_who_enter_one_person_at_once_one_is_first_where_that_is_blocked()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contactSettings", new { duplicateContacts = "block" })).Expect(201);

        object[] emails = [new { address = "one@twins.example", type = "work" }, new { address = "two@twins.example", type = "home" }];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            n => crm.Contacts.Post("/contacts", new { lastName = $"Twin {n}", emails = n % 2 == 0 ? emails : emails.Reverse() })));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Expect(409, "possible_duplicate"));
    }

    [Fact]
    public async Task They_can_be_asked_for_while_somebody_types()
    {
        var crm = await TestCrm.Tenant();
        var ada = await Ada(crm);
        var accountId = (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)["accountId"].GetGuid();

        var found = (await crm.Contacts.Get("/contacts/duplicates?email=Second@Engines.example&phone=%2B442071234567")).Expect(200);
        var byName = (await crm.Contacts.Get($"/contacts/duplicates?name=ada%20lovelace&accountId={accountId}")).Expect(200);
        var companies = (await crm.Contacts.Get("/accounts/duplicates?name=engines%20ltd")).Expect(200);

        Assert.Equal((ada, "Ada Lovelace", "email,phone"), Match(found.Body));
        Assert.Equal((ada, "Ada Lovelace", "name"), Match(byName.Body));
        Assert.Equal((accountId, "Engines", "name"), Match(companies.Body));
        Assert.Equal(0, (await crm.Contacts.Get("/contacts/duplicates")).Expect(200).Body.GetArrayLength());
        Assert.Equal(0, (await crm.Another().Contacts.Get("/contacts/duplicates?email=ada@engines.example")).Expect(200).Body.GetArrayLength());
    }

    [Fact]
    public async Task Whoever_has_changed_or_is_in_the_trash_is_known_by_what_they_are_now()
    {
        var crm = await TestCrm.Tenant();
        var ada = await Ada(crm);

        (await crm.Contacts.Patch($"/contacts/{ada}", new { email = "countess@engines.example" })).Expect(200);
        Assert.Equal((0, 1), (await Count("ada@engines.example"), await Count("countess@engines.example")));
        (await crm.Contacts.Delete($"/contacts/{ada}")).Expect(204);
        Assert.Equal(0, await Count("countess@engines.example"));
        (await crm.Contacts.Post($"/contacts/{ada}/restore")).Expect(200);
        Assert.Equal(1, await Count("countess@engines.example"));

        async Task<int> Count(string email) => (await crm.Contacts.Get($"/contacts/duplicates?email={email}")).Expect(200).Body.GetArrayLength();
    }

    private static async Task<Guid> Ada(TestCrm crm) => (await crm.Contacts.Post("/contacts", new
    {
        firstName = "Ada",
        lastName = "Lovelace",
        accountName = "Engines",
        phone = "+442071234567",
        emails = new[] { new { address = "ada@engines.example" }, new { address = "second@engines.example" } },
    })).Expect(201).Id;

    private static JsonElement Warning(Reply entered)
    {
        var warning = Assert.Single(JsonSerializer.Deserialize<JsonElement>(entered.Headers["Crm-Warnings"]).EnumerateArray());
        Assert.Equal("possible_duplicate", warning.GetProperty("code").GetString());
        return warning.GetProperty("facts").GetProperty("matches");
    }

    private static (Guid, string?, string) Match(JsonElement matches)
    {
        var match = Assert.Single(matches.EnumerateArray());
        return (match.GetProperty("id").GetGuid(), match.GetProperty("name").GetString(), string.Join(',', match.GetProperty("by").EnumerateArray()));
    }
}
