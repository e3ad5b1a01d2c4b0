using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Conversion;

/// <summary>A lead becomes a contact, part of a company, a deal; OnLeadConverted of contacts is what these wait for.</summary>
public sealed class ConvertLeadTests
{
    [Fact]
    public async Task A_converted_lead_is_a_contact_of_a_company_under_one_operation_and_undoing_it_leaves_nothing()
    {
        var crm = await TestCrm.Tenant();
        var edge = crm.Service("edge");
        await using var bus = await crm.Listen("leads.lead.converted");
        var lead = await crm.Working(new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            email = "ada@engines.example",
            phone = "+4930123456",
            company = "Engines",
            industry = "Machines",
            estimatedAmount = new { amount = "5000", currency = "EUR" },
            tags = new[] { "fair" },
        });

        var converted = (await crm.Leads().Post($"/leads/{lead}/convert", new { deal = new { name = "First engine" } })).Expect(200);

        Assert.Equal("converted", converted.Text("status"));
        var (person, company, deal) = (converted["convertedContactId"].GetGuid(), converted["convertedAccountId"].GetGuid(),
            converted["convertedDealId"].GetGuid());
        await TestCrm.Eventually(async () => (await crm.Contacts.Get($"/contacts/{person}")).Expect(200));
        var contact = (await crm.Contacts.Get($"/contacts/{person}")).Expect(200);
        Assert.Equal(("Ada Lovelace", "ada@engines.example", "opportunity"),
            (contact.Text("displayName"), contact.Text("email"), contact.Text("lifecycleStage")));
        Assert.Equal((company, lead), (contact["accountId"].GetGuid(), contact["originalLeadId"].GetGuid()));
        var account = (await crm.Contacts.Get($"/accounts/{company}")).Expect(200);
        Assert.Equal(("Engines", "Machines"), (account.Text("name"), account.Text("industry")));
        var told = Assert.Single(await bus.Until(1, lead)).Body;
        Assert.Equal(deal, told.GetProperty("dealId").GetGuid());
        Assert.Equal(("First engine", "5000"), (
            told.GetProperty("deal").GetProperty("name").GetString(), told.GetProperty("deal").GetProperty("amount").GetProperty("amount").GetString()));
        Assert.Equal(company, told.GetProperty("deal").GetProperty("accountId").GetGuid());
        Assert.Equal(2, (await crm.Contacts.Get($"/operations/{converted.Operation}")).Expect(200)["entries"].GetInt32());

        await TestCrm.Eventually(async () => (await edge.Get("/leads")).Expect(200), TimeSpan.FromSeconds(60)); // it has to know all services first
        await TestCrm.Eventually(async () => (await edge.Post($"/operations/{converted.Operation}/undo")).Expect(200));

        var open = await crm.Read(lead);
        Assert.Equal(("working", null, null), (open.Text("status"), open.Text("convertedContactId"), open.Text("convertedAt")));
        (await crm.Contacts.Get($"/contacts/{person}")).Expect(404);
        (await crm.Contacts.Get($"/accounts/{company}")).Expect(404);
    }

    [Fact]
    public async Task Undone_before_others_have_heard_of_it_nothing_is_left_either_and_undoing_that_converts_again()
    {
        var crm = await TestCrm.Tenant();
        for (var i = 0; i < 5; i++)
        {
            var lead = await crm.Working(new { lastName = "Lovelace", email = $"ada{i}@x.example", company = $"Engines {i}" });
            var converted = (await crm.Leads().Post($"/leads/{lead}/convert", new { })).Expect(200);
            var undone = (await crm.Leads().Post($"/operations/{converted.Operation}/undo")).Expect(200); // here alone, as if contacts had not heard of it
            var person = converted["convertedContactId"].GetGuid();

            var trash = await Trashed(crm, person);
            (await crm.Contacts.Get($"/contacts/{person}")).Expect(404);
            Assert.Equal("working", (await crm.Read(lead)).Text("status"));

            (await crm.Leads().Post($"/operations/{undone["undoneBy"].GetGuid()}/undo")).Expect(200);
            await TestCrm.Eventually(async () => Assert.Equal("Lovelace", (await crm.Contacts.Get($"/contacts/{person}")).Expect(200).Text("lastName")));
            Assert.Equal("converted", (await crm.Read(lead)).Text("status"));
            Assert.Equal("Lovelace", trash);
        }
    }

    [Fact]
    public async Task What_is_there_already_is_filled_where_it_is_empty_and_a_person_never_goes_back()
    {
        var crm = await TestCrm.Tenant();
        var company = (await crm.Contacts.Post("/accounts", new { name = "Engines", industry = "Steam" })).Expect(201).Id;
        var person = (await crm.Contacts.Post("/contacts", new
        {
            lastName = "Lovelace",
            email = "ada@x.example",
            accountId = company,
            lifecycleStage = "customer",
            source = "school",
        })).Expect(201).Id;
        await Known(crm, person, company);
        var lead = await crm.Working(new
        {
            firstName = "Ada",
            lastName = "King",
            email = "king@x.example",
            jobTitle = "Countess",
            company = "Engines Ltd",
            industry = "Machines",
            employees = 12,
        });

        var converted = (await crm.Leads().Post($"/leads/{lead}/convert", new { contactId = person })).Expect(200);

        Assert.Equal((person, company), (converted["convertedContactId"].GetGuid(), converted["convertedAccountId"].GetGuid()));
        await TestCrm.Eventually(async () => Assert.Equal("Countess", (await crm.Contacts.Get($"/contacts/{person}")).Expect(200).Text("jobTitle")));
        var contact = (await crm.Contacts.Get($"/contacts/{person}")).Expect(200);
        Assert.Equal(("Ada Lovelace", "ada@x.example", "customer"), (contact.Text("displayName"), contact.Text("email"), contact.Text("lifecycleStage")));
        Assert.Equal(("school", 2, lead), (contact.Text("source"), contact["emails"].GetArrayLength(), contact["originalLeadId"].GetGuid()));
        var account = (await crm.Contacts.Get($"/accounts/{company}")).Expect(200);
        Assert.Equal(("Engines", "Steam", 12), (account.Text("name"), account.Text("industry"), account["employees"].GetInt32()));
    }

    [Fact]
    public async Task Fields_are_left_out_or_take_the_place_of_what_is_there_where_somebody_says_so()
    {
        var crm = await TestCrm.Tenant();
        var company = (await crm.Contacts.Post("/accounts", new { name = "Engines", industry = "Steam", employees = 3 })).Expect(201).Id;
        var person = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", jobTitle = "Poet", accountId = company })).Expect(201).Id;
        await Known(crm, person, company);
        var lead = await crm.Working(new
        {
            firstName = "Ada",
            lastName = "King",
            jobTitle = "Countess",
            source = "fair",
            company = "Engines Ltd",
            industry = "Machines",
            employees = 12,
        });

        (await crm.Leads().Post($"/leads/{lead}/convert", new
        {
            contactId = person,
            fields = new object[]
            {
                new { target = "contact", to = "jobTitle", use = "replace" },
                new { target = "contact", to = "source", use = "leave" },
                new { target = "account", to = "employees", use = "replace" },
            },
        })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal("Countess", (await crm.Contacts.Get($"/contacts/{person}")).Expect(200).Text("jobTitle")));
        var contact = (await crm.Contacts.Get($"/contacts/{person}")).Expect(200);
        Assert.Equal(("Ada", "Lovelace", null), (contact.Text("firstName"), contact.Text("lastName"), contact.Text("source")));
        var account = (await crm.Contacts.Get($"/accounts/{company}")).Expect(200);
        Assert.Equal(("Engines", "Steam", 12), (account.Text("name"), account.Text("industry"), account["employees"].GetInt32()));
    }

    [Fact]
    public async Task The_same_request_again_has_the_same_answer_and_another_is_told_what_it_has_become()
    {
        var crm = await TestCrm.Tenant();
        var lead = await crm.Working(new { lastName = "Lovelace" });
        var first = (await crm.Leads().Idempotent("once").Post($"/leads/{lead}/convert", new { })).Expect(200);
        var again = (await crm.Leads().Idempotent("once").Post($"/leads/{lead}/convert", new { })).Expect(200);
        Assert.Equal(first.Text, again.Text);

        var refused = (await crm.Leads().Post($"/leads/{lead}/convert", new { })).Expect(409, "already_converted");

        Assert.Equal(first["convertedContactId"].GetGuid(), refused["contactId"].GetGuid());
        var race = await crm.Working(new { lastName = "Byron" });
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => crm.Leads().Post($"/leads/{race}/convert", new { })));
        var one = Assert.Single(all, a => a.Status == 200);
        Assert.All(all.Where(a => a.Status != 200), a => Assert.Equal(one["convertedContactId"].GetGuid(), a.Expect(409)["contactId"].GetGuid()));
    }

    [Fact]
    public async Task A_conversion_that_contacts_cannot_take_is_taken_back_and_the_lead_says_why()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "badge", label = "Badge", kind = "text", required = true })).Expect(201);
        var lead = await crm.Working(new { lastName = "Lovelace", company = "Engines" });

        var converted = (await crm.Leads().Post($"/leads/{lead}/convert", new { })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal("working", (await crm.Read(lead)).Text("status")));
        var open = await crm.Read(lead);
        Assert.Null(open.Text("convertedContactId"));
        Assert.Contains("badge", open.Text("conversionProblem"), StringComparison.Ordinal);
        (await crm.Contacts.Get($"/accounts/{converted["convertedAccountId"]}")).Expect(404);
        Assert.Equal(0, (await crm.Contacts.Get("/accounts?include=total")).Expect(200)["total"].GetInt32());

        await crm.Given("/leads/fields", new { name = "badge", label = "Badge", kind = "text" });
        await crm.Given("/conversionMappings", new { target = "contact", to = "custom.badge", from = "custom.badge" });
        (await crm.Leads().Patch($"/leads/{lead}", new { custom = new { badge = "B1" } })).Expect(200);
        var second = (await crm.Leads().Post($"/leads/{lead}/convert", new { })).Expect(200);
        await TestCrm.Eventually(async () => Assert.Equal(
            "B1", (await crm.Contacts.Get($"/contacts/{second["convertedContactId"]}")).Expect(200)["custom"].GetProperty("badge").GetString()));
        Assert.Null((await crm.Read(lead)).Text("conversionProblem"));
    }

    [Fact]
    public async Task Nobody_converts_into_what_they_could_not_enter_or_change()
    {
        var crm = await TestCrm.Tenant();
        var (ada, company) = (Guid.CreateVersion7(), (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id);
        await Known(crm, company);
        await crm.Told("leads", "identity.role", Guid.CreateVersion7(), 1,
            """
            { "name": "caller", "slices": ["*"], "records": [
              { "record": "lead", "create": "all", "read": "all", "update": "all" },
              { "record": "contact", "create": "all", "read": "all", "update": "all" },
              { "record": "account", "read": "all", "update": "own" }] }
            """);
        var lead = await crm.Working(new { lastName = "Lovelace", company = "Engines" });
        var caller = crm.Leads(ada, "caller");

        await TestCrm.Eventually(async () => (await caller.Post($"/leads/{lead}/convert", new { })).Expect(403, "not_allowed"));
        (await caller.Post($"/leads/{lead}/convert", new { accountId = company })).Expect(422, "invalid_reference");
        (await caller.Post($"/leads/{lead}/convert", new { newAccount = false, deal = new { } })).Expect(403, "not_allowed");
        (await caller.Post($"/leads/{lead}/convert", new { contactId = Guid.CreateVersion7(), newAccount = false })).Expect(422, "invalid_reference");
        (await caller.Post($"/leads/{lead}/convert", new { newAccount = false })).Expect(200);
    }

    private static Task Known(TestCrm crm, params Guid[] ids) => TestCrm.Eventually(async () => Assert.Equal(
        ids.Length, await crm.Sql("leads", As.Admin).Value<long>("select count(*) from copy where tenant = $1 and id = any($2)", crm.Id, ids)));

    // What was taken back is in the trash, after it had been there.
    private static async Task<string?> Trashed(TestCrm crm, Guid person)
    {
        string? name = null;
        await TestCrm.Eventually(async () =>
        {
            var found = (await crm.Contacts.Get($"/contacts?trash=true&filter=id = \"{person}\"")).Expect(200)["items"];
            name = Assert.Single(found.EnumerateArray()).GetProperty("lastName").GetString();
        });
        return name;
    }
}
