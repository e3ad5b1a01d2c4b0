using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

/// <summary>Lists by filter, in any order, page by page.</summary>
public sealed class FindContactsTests
{
    [Theory]
    [InlineData("lastName = 'Lovelace'", "Ada")]
    [InlineData("lastName ~ '*LACE'", "Ada")]
    [InlineData("account.industry = 'Finance'", "Ada,Grace")]
    [InlineData("accountId is null", "Blaise")]
    [InlineData("tags has 'vip' and jobTitle is null", "Grace")]
    [InlineData("tags.count = 0", "Blaise")]
    [InlineData("jobTitle != 'Countess'", "Blaise,Grace")]
    [InlineData("createdAt > -1h and version = 1", "Ada,Blaise,Grace")]
    [InlineData("createdBy = 'ada' and not (account.industry = 'Finance')", "Blaise")]
    public async Task A_filter_finds_whom_it_describes(string filter, string found)
    {
        var crm = await TestCrm.Tenant();
        await Three(crm);

        var page = (await crm.Contacts.Get($"/contacts?sort=firstName&include=total&filter={Uri.EscapeDataString(filter)}")).Expect(200);

        Assert.Equal(found, string.Join(',', Names(page.Body)));
        Assert.Equal(found.Split(',').Length, page["total"].GetInt32());
    }

    [Theory]
    [InlineData("any(contacts, lastName = 'Hopper')", "Bank")]
    [InlineData("contacts.count = 2", "Bank")]
    [InlineData("none(contacts, firstName is not null)", "Empty")]
    public async Task A_company_is_found_by_its_people(string filter, string found)
    {
        var crm = await TestCrm.Tenant();
        await Three(crm);

        var page = (await crm.Contacts.Get($"/accounts?filter={Uri.EscapeDataString(filter)}")).Expect(200);

        Assert.Equal(found, Assert.Single(page["items"].EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("jobTitle")]
    [InlineData("-jobTitle")]
    [InlineData("jobTitle,-lastName")]
    [InlineData("-jobTitle,firstName")]
    [InlineData("-updatedAt")]
    [InlineData("account.name,lastName")]
    public async Task Pages_in_any_order_show_every_contact_once(string sort)
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Bank" })).Expect(201).Id;
        for (var n = 0; n < 23; n++)
            (await crm.Contacts.Post("/contacts", new
            {
                lastName = $"Person {n % 7}",
                firstName = n % 2 == 0 ? null : $"First {n % 5}",
                jobTitle = n % 3 == 0 ? null : $"Title {n % 4}",
                accountId = n % 5 == 0 ? (Guid?)account : null,
            })).Expect(201);
        var whole = (await crm.Contacts.Get($"/contacts?limit=200&sort={sort}")).Expect(200)["items"].EnumerateArray().Select(Id).ToList();

        var paged = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await crm.Contacts.Get($"/contacts?limit=4&sort={sort}{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            paged.AddRange(page["items"].EnumerateArray().Select(Id));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);

        Assert.Equal(23, whole.Distinct().Count());
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_answered()
    {
        var crm = await TestCrm.Tenant();
        await Three(crm);

        var first = (await crm.Contacts.Get("/contacts?fields=lastName,tags")).Expect(200)["items"][0];

        Assert.Equal(["id", "lastName", "tags", "version"], first.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task A_mistake_in_a_filter_is_shown_where_it_is_with_what_was_meant()
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Get("/contacts?filter=tags has 'x' and lastNme = 'y'")).Expect(422, "invalid");

        Assert.Equal((17, 7, "lastName"), (refused["offset"].GetInt32(), refused["length"].GetInt32(), refused["suggestion"].GetString()));
    }

    [Fact]
    public async Task The_trash_is_a_list_too()
    {
        var crm = await TestCrm.Tenant();
        await Three(crm);
        var ada = (await crm.Contacts.Get("/contacts?filter=firstName = 'Ada'")).Expect(200)["items"][0].GetProperty("id").GetGuid();
        (await crm.Contacts.Delete($"/contacts/{ada}")).Expect(204);

        Assert.Equal(["Ada"], Names((await crm.Contacts.Get("/contacts?trash=true")).Expect(200).Body));
        Assert.DoesNotContain("Ada", Names((await crm.Contacts.Get("/contacts")).Expect(200).Body));
    }

    private static async Task Three(TestCrm crm)
    {
        var bank = (await crm.Contacts.Post("/accounts", new { name = "Bank", industry = "Finance" })).Expect(201).Id;
        (await crm.Contacts.Post("/accounts", new { name = "Empty" })).Expect(201);
        (await crm.Contacts.Post("/contacts", new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            jobTitle = "Countess",
            accountId = bank,
            tags = new[] { "vip", "math" },
        })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { firstName = "Grace", lastName = "Hopper", accountId = bank, tags = new[] { "vip" } })).Expect(201);
        (await crm.Contacts.Post("/contacts", new { firstName = "Blaise", lastName = "Pascal" })).Expect(201);
    }

    private static IEnumerable<string?> Names(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("firstName").GetString());

    private static Guid Id(JsonElement record) => record.GetProperty("id").GetGuid();
}
