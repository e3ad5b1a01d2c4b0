using CrmPlatform.Contacts;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Shared.Tests.Search;

/// <summary>What is kept for searching follows from the records and can be made again from them.</summary>
public sealed class SearchedTextsTests
{
    [Fact]
    public async Task Texts_made_of_other_fields_than_are_declared_now_are_made_again()
    {
        await using var own = await Installation.Apart(null, new ContactsService());
        var crm = own.Tenant();
        (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var admin = crm.Sql("contacts", As.Admin);
        await admin.Execute("delete from contact_search");
        Assert.Equal(0, (await crm.Contacts.Get("/contacts?q=lovelace")).Expect(200)["items"].GetArrayLength());

        await own.Provision();
        Assert.Equal(0, await admin.Value<long>("select count(*) from contact_search")); // declared as before: nothing to do
        await admin.Execute("update search_declaration set declaration = 'of earlier'");
        await own.Provision();

        Assert.Equal(1, (await crm.Contacts.Get("/contacts?q=lovelace")).Expect(200)["items"].GetArrayLength());
    }
}
