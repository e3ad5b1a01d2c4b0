using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Search;

/// <summary>A tenant with more records than can be looked at one by one: what many have and what few have is found in different ways.</summary>
public sealed class ManyContactsTests
{
    private const int Many = 7000;

    [Fact]
    public async Task What_thousands_have_is_shown_newest_first_and_every_page_goes_on_where_the_last_ended()
    {
        var crm = await Filled();

        var (seen, cursor) = (new List<string?>(), (string?)null);
        for (var page = 0; page < 3; page++)
        {
            var answer = (await crm.Contacts.Get($"/contacts?q=common&limit=200{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            seen.AddRange(answer["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()));
            cursor = answer["nextCursor"].GetString();
        }

        Assert.Equal(Enumerable.Range(1, 600).Select(n => $"Person{n}"), seen);
        Assert.Equal(Many, (await crm.Contacts.Get("/contacts?q=common&include=total&limit=1")).Expect(200)["total"].GetInt32());
    }

    [Theory]
    [InlineData("person6789", "Person6789")]
    [InlineData("rson6789", "Person6789")]
    [InlineData("common 6789", "Person6789")]
    [InlineData("hidden", "Person6990")]
    [InlineData("hidden common", "Person6990")]
    [InlineData("Xidden", "Person6990")]
    [InlineData("hidden&filter=version = 2", "")]
    [InlineData("hidden&filter=version = 1&sort=lastName", "Person6990")]
    [InlineData("rare person", "Person6800|Person6900|Person7000")]
    [InlineData("rare&sort=-lastName", "Person7000|Person6900|Person6800")]
    [InlineData("rare&sort=createdAt&limit=2", "Person7000|Person6900")]
    [InlineData("ra", "Person6800|Person6900|Person7000")]
    [InlineData("nobody", "")]
    public async Task What_few_have_is_found_wherever_it_is(string q, string found)
    {
        var crm = await Filled();

        var page = (await crm.Contacts.Get($"/contacts?q={q}")).Expect(200);

        Assert.Equal(found, string.Join('|', page["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString())));
    }

    // The newest is Person1. Every hundredth beyond 6,700 is called Rare, and one of them works for Hidden Ltd.
    private static async Task<TestCrm> Filled()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Hidden Ltd" })).Expect(201).Id;
        var admin = crm.Sql("contacts", As.Admin);
        await admin.Execute(
            $"""
            with entered as (
                insert into contact (tenant, id, version, created_at, updated_at, first_name, last_name, display_name, account_id, tags)
                select $1, gen_random_uuid(), 1, now() - n * interval '1 second', now() - n * interval '1 second',
                    case when n > 6700 and n % 100 = 0 then 'Rare' else 'Common' end, 'Person' || n, '', case when n = 6990 then $2 end, array[]::text[]
                from generate_series(1, {Many}) n
                returning tenant, id, first_name, last_name)
            insert into contact_search (tenant, id, text)
            select tenant, id, ' ' || lower(first_name || ' ' || last_name) || E' \n  common@mail.example ' from entered
            """,
            crm.Id, account);
        return crm;
    }
}
