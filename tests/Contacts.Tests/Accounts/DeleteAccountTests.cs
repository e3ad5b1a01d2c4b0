using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class DeleteAccountTests
{
    [Fact]
    public async Task Contacts_of_a_deleted_account_stay_and_keep_the_link()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201);
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = account.Id })).Expect(201);

        var deleted = (await crm.Contacts.Delete($"/accounts/{account.Id}")).Expect(204);

        (await crm.Contacts.Get($"/accounts/{account.Id}")).Expect(404, "not_found");
        Assert.Equal(contact.Text, (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200).Text);
        (await crm.Contacts.Post($"/operations/{deleted.Operation}/undo")).Expect(200);
        Assert.Equal("Engines", (await crm.Contacts.Get($"/accounts/{account.Id}")).Expect(200)["name"].GetString());
    }
}
