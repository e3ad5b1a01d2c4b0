using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Search;

/// <summary>A search beside everything else a list can be asked for, and beside what others change.</summary>
public sealed class SearchedListTests
{
    [Fact]
    public async Task A_search_goes_with_filter_order_fields_and_total()
    {
        var crm = await TestCrm.Tenant();
        for (var n = 0; n < 9; n++)
            (await crm.Contacts.Post("/contacts", new { lastName = $"Miller {n}", jobTitle = n % 2 == 0 ? "Boss" : "Clerk" })).Expect(201);

        var page = (await crm.Contacts.Get("/contacts?q=mill&filter=jobTitle = 'Boss'&sort=-lastName&fields=lastName&include=total&limit=2")).Expect(200);

        Assert.Equal(["Miller 8", "Miller 6"], Names(page));
        Assert.Equal(5, page["total"].GetInt32());
        Assert.False(page["items"][0].TryGetProperty("jobTitle", out _));
    }

    [Theory]
    [InlineData("mill", "")]
    [InlineData("mill", "&sort=lastName")]
    [InlineData("mill", "&sort=-jobTitle,lastName")]
    [InlineData("mill", "&sort=-updatedAt")]
    [InlineData("mixler", "")]
    [InlineData("mixler", "&sort=lastName")]
    public async Task Pages_of_a_search_show_everybody_once(string q, string sort)
    {
        var crm = await TestCrm.Tenant();
        for (var n = 0; n < 13; n++)
            (await crm.Contacts.Post("/contacts", new
            {
                lastName = n % 3 == 0 ? "Miller" : $"Upmiller {n}",
                jobTitle = n % 2 == 0 ? null : $"{n}",
            })).Expect(201);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await crm.Contacts.Get($"/contacts?q={q}&limit=4{sort}{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            seen.AddRange(page["items"].EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);

        Assert.Equal(13, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_is_entered_renamed_trashed_restored_and_undone_is_found_or_not_in_the_next_request()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Byron" })).Expect(201);
        Assert.Equal(["Byron"], await Found(crm, "byron"));

        var operation = (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = "Lovelace" })).Expect(200).Operation;
        Assert.Empty(await Found(crm, "byron"));
        Assert.Equal(["Lovelace"], await Found(crm, "lovelace"));
        Assert.Equal(["Lovelace"], await Found(crm, "kovelace"));

        (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(204);
        Assert.Empty(await Found(crm, "lovelace"));
        Assert.Equal(["Lovelace"], await Found(crm, "lovelace&trash=true"));

        (await crm.Contacts.Post($"/contacts/{contact.Id}/restore")).Expect(200);
        Assert.Equal(["Lovelace"], await Found(crm, "lovelace"));

        (await crm.Contacts.Post($"/operations/{operation}/undo")).Expect(200);
        Assert.Equal(["Byron"], await Found(crm, "byron"));
        Assert.Empty(await Found(crm, "lovelace"));
    }

    [Fact]
    public async Task A_company_is_found_by_its_new_name_and_so_are_its_people_in_the_next_request()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines", domain = "engines.example" })).Expect(201).Id;
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = account })).Expect(201);

        (await crm.Contacts.Patch($"/accounts/{account}", new { name = "Difference Ltd" })).Expect(200);

        Assert.Equal(["Lovelace"], await Found(crm, "difference"));
        Assert.Equal(["Lovelace"], await Found(crm, "lovelace difference"));
        Assert.Equal(["Lovelace"], await Found(crm, "engines.example"));
        Assert.Empty(await Found(crm, "analytical"));
        Assert.Equal(account, (await crm.Contacts.Get("/accounts?q=differ")).Expect(200)["items"][0].GetProperty("id").GetGuid());
        Assert.Equal(0, (await crm.Contacts.Get("/accounts?q=lovelace")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_search_never_finds_what_belongs_to_another_tenant()
    {
        var theirs = await TestCrm.Tenant();
        var account = (await theirs.Contacts.Post("/accounts", new { name = "Secret Engines" })).Expect(201).Id;
        (await theirs.Contacts.Post("/contacts", new { lastName = "Clandestine", accountId = account })).Expect(201);
        var crm = theirs.Another();
        (await crm.Contacts.Post("/contacts", new { lastName = "Mine" })).Expect(201);

        foreach (var q in (string[])["clandestine", "clandestino", "secret", "engines", "e"])
        {
            var page = (await crm.Contacts.Get($"/contacts?q={q}&include=total")).Expect(200);
            Assert.Equal(0, page["items"].GetArrayLength());
            Assert.Equal(0, page["total"].GetInt32());
        }
    }

    [Theory]
    [InlineData("q=a b c d e f g h i", "q")]
    [InlineData("q=ada&cursor=abc", "cursor")]
    public async Task A_search_that_cannot_be_is_refused_by_name(string query, string field)
    {
        var crm = await TestCrm.Tenant();

        Assert.True((await crm.Contacts.Get($"/contacts?{query}")).Expect(422, "invalid")["errors"].TryGetProperty(field, out _));
        Assert.True((await crm.Contacts.Get($"/contacts?q={new string('a', 201)}")).Expect(422, "invalid")["errors"].TryGetProperty("q", out _));
    }

    private static async Task<IEnumerable<string?>> Found(TestCrm crm, string q) => Names((await crm.Contacts.Get($"/contacts?q={q}")).Expect(200));

    private static IEnumerable<string?> Names(Reply page) => page["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString());
}
