using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>A person and a company in one call.</summary>
public sealed class AccountNameTests
{
    [Fact]
    public async Task A_company_given_by_name_is_found_or_entered_in_the_same_operation()
    {
        var crm = await TestCrm.Tenant();

        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountName = " Engines Ltd. " })).Expect(201);
        var grace = (await crm.Contacts.Post("/contacts", new { lastName = "Hopper", accountName = "ENGINES" })).Expect(201);

        Assert.Equal(ada["accountId"].GetGuid(), grace["accountId"].GetGuid());
        var engines = Assert.Single((await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray());
        Assert.Equal("Engines Ltd.", engines.GetProperty("name").GetString());
        var moved = (await crm.Contacts.Patch($"/contacts/{grace.Id}", new { accountName = "Navy" })).Expect(200);
        Assert.NotEqual(ada["accountId"].GetGuid(), moved["accountId"].GetGuid());
        (await crm.Contacts.Post($"/operations/{moved.Operation}/undo")).Expect(200);
        Assert.Single((await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray());
        Assert.False(ada.Body.TryGetProperty("accountName", out _));
    }

    [Fact]
    public async Task Twenty_people_of_a_new_company_entered_at_once_make_one_company()
    {
        var crm = await TestCrm.Tenant();

        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            crm.Contacts.Post("/contacts", new { lastName = $"Person {n}", accountName = "Engines" })));

        Assert.Single(people.Select(p => p.Expect(201)["accountId"].GetGuid()).Distinct());
        Assert.Single((await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task A_person_who_is_refused_leaves_no_company_behind()
    {
        var crm = await TestCrm.Tenant();
        var id = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id;

        (await crm.Contacts.Post("/contacts", new { lastName = "", accountName = "Navy" })).Expect(422, "invalid");
        var both = (await crm.Contacts.Post("/contacts", new { lastName = "Hopper", accountId = id, accountName = "Navy" })).Expect(422, "invalid");
        var name = (await crm.Contacts.Post("/contacts", new { lastName = "Hopper", accountName = new string('x', 201) })).Expect(422, "invalid");

        Assert.True(both["errors"].TryGetProperty("accountName", out _) && name["errors"].TryGetProperty("accountName", out _));
        Assert.Single((await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray());
    }
}
