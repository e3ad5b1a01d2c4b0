using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class ListAccountsTests
{
    [Fact]
    public async Task Accounts_come_newest_first_page_by_page_without_those_in_the_trash()
    {
        var crm = await TestCrm.Tenant();
        var ids = new List<Guid>();
        foreach (var n in Enumerable.Range(0, 5))
            ids.Add((await crm.Contacts.Post("/accounts", new { name = $"Account {n}" })).Expect(201).Id);
        (await crm.Contacts.Delete($"/accounts/{ids[2]}")).Expect(204);

        var first = (await crm.Contacts.Get("/accounts?limit=2")).Expect(200);
        var second = (await crm.Contacts.Get($"/accounts?limit=2&cursor={first["nextCursor"].GetString()}")).Expect(200);

        Assert.Equal([ids[4], ids[3], ids[1], ids[0]], Ids(first).Concat(Ids(second)));
        Assert.Null(second["nextCursor"].GetString());
    }

    private static IEnumerable<Guid> Ids(Reply page) => page["items"].EnumerateArray().Select(a => a.GetProperty("id").GetGuid());
}
