using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>Which records somebody sees, and what of them they may do: the same at every door.</summary>
public sealed class RowReachTests
{
    [Fact]
    public async Task What_somebody_does_not_see_is_as_if_it_were_not_there()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("own", [Everywhere("own")], privileges: ["merge"]);
        var ada = crm.Person("own");
        var theirs = await crm.Given("contacts", new { lastName = "Secret" });
        var mine = await crm.Given("contacts", ada.Owns("Mine"));
        var nobodys = Guid.CreateVersion7();

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Get, "?asOf=2100-01-01T00:00:00Z", null), (HttpMethod.Get, "/history", null),
            (HttpMethod.Patch, "", new { lastName = "X" }), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/restore", null),
            (HttpMethod.Post, "/merge", new { loser = mine }), (HttpMethod.Post, "/change-job", new { jobTitle = "X" }),
        })
        {
            var hidden = (await ada.Contacts.Send(method, $"/contacts/{theirs}{path}", body)).Expect(404, "not_found");
            var missing = (await ada.Contacts.Send(method, $"/contacts/{nobodys}{path}", body)).Expect(404, "not_found");
            Assert.Equal(missing["detail"].GetString()!.Replace($"{nobodys}", $"{theirs}", StringComparison.Ordinal), hidden["detail"].GetString());
        }
        (await ada.Contacts.Post($"/contacts/{mine}/merge", new { loser = theirs })).Expect(404);
        (await ada.Contacts.Get($"/contacts/{mine}")).Expect(200);
    }

    [Fact]
    public async Task Lists_counts_searches_views_and_questions_through_others_know_only_what_is_seen()
    {
        var crm = await TestCrm.Tenant();
        var team = Guid.CreateVersion7();
        await crm.Role("own", [Everywhere("own")]);
        await crm.Role("team", [Everywhere("team")]);
        var (ada, bob) = (crm.Person("own"), crm.Person("team", team));
        var open = await crm.Given("accounts", new { name = "Open", ownerId = ada.Id, teamId = team, industry = "Trade" });
        var closed = await crm.Given("accounts", new { name = "Closed", industry = "War" });
        await crm.Given("contacts", new { lastName = "Mine", ownerId = ada.Id, teamId = team, accountId = closed });
        await crm.Given("contacts", new { lastName = "Teams", teamId = team, accountId = open });
        await crm.Given("contacts", new { lastName = "Others", accountId = open });
        var view = (await crm.Contacts.Post("/contacts/views", new { name = "All", scope = "public" })).Expect(201).Id;

        Assert.Equal(["Mine"], (await ada.Contacts.Get("/contacts")).LastNames());
        Assert.Equal(["Mine", "Teams"], (await bob.Contacts.Get("/contacts")).LastNames());
        Assert.Equal(1, (await ada.Contacts.Get("/contacts?include=total"))["total"].GetInt64());
        Assert.Equal(2, (await bob.Contacts.Get("/contacts?include=total"))["total"].GetInt64());
        Assert.Equal(1, (await ada.Contacts.Get("/contacts/views?include=counts"))["items"][0].GetProperty("count").GetInt64());
        Assert.Equal(["Mine", "Teams"], (await bob.Contacts.Get($"/contacts?view={view}")).LastNames());
        Assert.Empty((await ada.Contacts.Get("/contacts?q=Others")).LastNames());
        Assert.Equal(["Mine"], (await ada.Contacts.Get("/contacts?q=Mine&include=total")).LastNames());
        Assert.Empty((await ada.Contacts.Get("/contacts?q=Closed")).LastNames()); // the company's name finds its people
        Assert.Equal(["Teams"], (await bob.Contacts.Get("/contacts?q=Open")).LastNames());
        Assert.Empty((await ada.Contacts.Get("/contacts?filter=account.industry = 'War'")).LastNames());
        Assert.Equal(["Mine"], (await ada.Contacts.Get("/contacts?filter=account.industry is null")).LastNames());
        Assert.Equal(["Mine", "Teams"], (await bob.Contacts.Get("/contacts?sort=account.name")).LastNames());
        Assert.Equal(1, (await bob.Contacts.Get("/accounts?include=total&filter=contacts.count = 1"))["total"].GetInt64());
        Assert.Equal(0, (await ada.Contacts.Get("/accounts?include=total&filter=any(contacts, true)"))["total"].GetInt64());
    }

    [Fact]
    public async Task What_is_seen_but_may_not_be_done_is_refused_by_name_of_deed_and_type()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("reader", [Grant("contact", "none", "all", "own", "none", "none")], privileges: ["bulkEdit", "export"]);
        var ada = crm.Person("reader");
        var contact = await crm.Given("contacts", new { lastName = "Lovelace" });
        var mine = await crm.Given("contacts", ada.Owns("Mine"));

        var refused = (await ada.Contacts.Patch($"/contacts/{contact}", new { lastName = "X" })).Expect(403, "not_allowed");
        Assert.Equal("Your roles do not let you update this contact.", refused["detail"].GetString());
        (await ada.Contacts.Patch($"/contacts/{mine}", new { lastName = "X" })).Expect(200);
        (await ada.Contacts.Delete($"/contacts/{mine}")).Expect(403, "not_allowed");
        (await ada.Contacts.Post("/contacts", new { lastName = "X" })).Expect(403, "not_allowed");
        (await ada.Contacts.Get("/contacts/export")).Expect(403, "not_allowed");
        Assert.Equal(1, (await ada.Contacts.Post("/contacts/bulk-edit", new { filter = "", set = new { jobTitle = "X" }, dryRun = true }))["count"].GetInt32());
        var batch = (await ada.Contacts.Post("/contacts/batch", new
        {
            operations = new object[]
            {
                new { @do = "patch", id = contact, fields = new { lastName = "Y" } }, new { @do = "delete", id = mine },
                new { @do = "patch", id = mine, fields = new { lastName = "Z" } },
            },
        })).Expect(200);
        Assert.Equal([403, 403, 200], batch["items"].EnumerateArray().Select(i => i.GetProperty("status").GetInt32()));
        Assert.Contains("crm_access_denied_total{", (await crm.Contacts.Look("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_only_part_of_the_records_owns_what_they_enter_and_enters_it_for_nobody_else()
    {
        var crm = await TestCrm.Tenant();
        var team = Guid.CreateVersion7();
        await crm.Role("own", [Everywhere("own")]);
        await crm.Role("enters", [Grant("*", "all", "own", "own", "own", "own")]);
        var (ada, bob) = (crm.Person("own", team), crm.Person("enters"));

        var made = (await ada.Contacts.Post("/contacts", new { lastName = "New" })).Expect(201);
        Assert.Equal((ada.Id, team), (made["ownerId"].GetGuid(), made["teamId"].GetGuid()));
        (await ada.Contacts.Post("/contacts", new { lastName = "New", ownerId = bob.Id })).Expect(403, "not_allowed");
        Assert.Equal(bob.Id, (await bob.Contacts.Post("/contacts", new { lastName = "New" })).Expect(201)["ownerId"].GetGuid());
        var given = (await bob.Contacts.Post("/contacts", new { lastName = "New", ownerId = ada.Id })).Expect(201).Id;
        (await bob.Contacts.Get($"/contacts/{given}")).Expect(404);
        (await ada.Contacts.Patch($"/contacts/{given}", new { ownerId = bob.Id })).Expect(200); // handed away
        (await ada.Contacts.Get($"/contacts/{given}")).Expect(404);
    }

    [Fact]
    public async Task A_record_that_is_not_seen_cannot_be_referred_to_and_what_refers_to_it_already_stays()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("own", [Everywhere("own")], privileges: ["merge"]);
        var ada = crm.Person("own");
        var closed = await crm.Given("accounts", new { name = "Closed" });
        var (one, two) = (await crm.Given("contacts", new { lastName = "One", ownerId = ada.Id }),
            await crm.Given("contacts", new { lastName = "Two", ownerId = ada.Id, accountId = closed }));

        var hidden = (await ada.Contacts.Patch($"/contacts/{one}", new { accountId = closed })).Expect(422, "invalid_reference");
        var missing = (await ada.Contacts.Patch($"/contacts/{one}", new { accountId = Guid.CreateVersion7() })).Expect(422, "invalid_reference");
        Assert.Equal(missing["errors"].GetRawText(), hidden["errors"].GetRawText());
        (await ada.Contacts.Post("/contacts", new { lastName = "Three", accountId = closed })).Expect(422, "invalid_reference");
        (await ada.Contacts.Patch($"/contacts/{two}", new { lastName = "Zwei" })).Expect(200);

        (await ada.Contacts.Post($"/contacts/{one}/merge", new { loser = two })).Expect(200); // takes over what the loser referred to
        Assert.Equal(closed, (await ada.Contacts.Get($"/contacts/{one}")).Expect(200)["accountId"].GetGuid());
        (await ada.Contacts.Post($"/contacts/{one}/change-job", new { jobTitle = "Free" })).Expect(200);
    }

    [Fact]
    public async Task A_duplicate_that_is_not_seen_is_in_the_way_without_a_name()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("own", [Everywhere("own")]);
        var ada = crm.Person("own");
        await crm.Given("contacts", new { lastName = "Secret", email = "secret@x.example" });
        await crm.Given("accounts", new { name = "Secret Ltd" });

        var entered = (await ada.Contacts.Post("/contacts", new { lastName = "Mine", email = "secret@x.example", accountName = "Secret Ltd" })).Expect(201);
        Assert.DoesNotContain("Crm-Warnings", entered.Headers.Keys);
        Assert.Equal(ada.Id, (await ada.Contacts.Get($"/accounts/{entered["accountId"].GetGuid()}")).Expect(200)["ownerId"].GetGuid()); // another one
        Assert.Single((await ada.Contacts.Get("/contacts/duplicates?email=secret@x.example")).Expect(200).Body.EnumerateArray());
        await crm.Given("contactSettings", new { duplicateContacts = "block" });
        var blocked = (await ada.Contacts.Post("/contacts", new { lastName = "Mine", email = "secret@x.example" })).Expect(409, "possible_duplicate");
        Assert.Equal(entered.Id, Assert.Single(blocked["matches"].EnumerateArray()).GetProperty("id").GetGuid());
    }
}
