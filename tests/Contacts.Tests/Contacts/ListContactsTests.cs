using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class ListContactsTests
{
    [Fact]
    public async Task Pages_show_every_contact_once_while_others_are_entered()
    {
        var crm = await TestCrm.Tenant();
        var there = await Task.WhenAll(Enumerable.Range(0, 57).Select(n => Enter(crm, $"Before {n}")));

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await crm.Contacts.Get($"/contacts?limit=10{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            seen.AddRange(page["items"].EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"].GetString();
            await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Enter(crm, $"Meanwhile {n}")));
        }
        while (cursor is not null);

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Equal(there.Order(), seen.Order());
    }

    [Fact]
    public async Task The_newest_comes_first_and_the_last_page_says_that_it_is()
    {
        var crm = await TestCrm.Tenant();
        var first = await Enter(crm, "First");
        var second = await Enter(crm, "Second");

        var page = (await crm.Contacts.Get("/contacts?limit=2")).Expect(200);

        Assert.Equal([second, first], page["items"].EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
        Assert.Null(page["nextCursor"].GetString());
    }

    [Fact]
    public async Task The_list_of_a_company_holds_its_people_and_nobody_in_the_trash()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines" })).Expect(201).Id;
        var stays = (await crm.Contacts.Post("/contacts", new { lastName = "Stays", accountId = account })).Expect(201).Id;
        var leaves = (await crm.Contacts.Post("/contacts", new { lastName = "Leaves", accountId = account })).Expect(201).Id;
        await Enter(crm, "Elsewhere");
        (await crm.Contacts.Delete($"/contacts/{leaves}")).Expect(204);

        var page = (await crm.Contacts.Get($"/contacts?filter=accountId = '{account}'")).Expect(200);

        Assert.Equal(stays, Assert.Single(page["items"].EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("accountId=5", "accountId")]
    [InlineData("sort=shoeSize", "sort")]
    [InlineData("filter=lastNme = 'x'", "filter")]
    [InlineData("fields=shoeSize", "fields")]
    [InlineData("include=everything", "include")]
    [InlineData("zone=Mars/Crater", "zone")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=________________________________", "cursor")]
    public async Task A_page_that_cannot_be_is_refused_by_name(string query, string field)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Get($"/contacts?{query}")).Expect(422, "invalid");

        Assert.True(refused["errors"].TryGetProperty(field, out _));
    }

    private static async Task<Guid> Enter(TestCrm crm, string lastName) =>
        (await crm.Contacts.Post("/contacts", new { lastName })).Expect(201).Id;
}
