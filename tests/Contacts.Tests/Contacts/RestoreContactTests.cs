using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class RestoreContactTests
{
    [Fact]
    public async Task A_restored_contact_is_what_it_was_with_its_company()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Analytical Engines" })).Expect(201);
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = account.Id })).Expect(201);
        (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(204);

        var restored = (await crm.Contacts.Post($"/contacts/{contact.Id}/restore")).Expect(200);

        Assert.Equal((3, "Lovelace", account.Id), (restored.Version, restored["lastName"].GetString(), restored["accountId"].GetGuid()));
        Assert.Equal(restored.Text, (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(200).Text);
    }

    [Fact]
    public async Task Only_what_is_in_the_trash_can_be_restored()
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        (await crm.Contacts.Post($"/contacts/{contact.Id}/restore")).Expect(404, "not_found");
    }
}
