using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class DeleteContactTests
{
    [Fact]
    public async Task A_deleted_contact_is_gone_from_everywhere_but_its_history()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.deleted");
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(204);

        (await crm.Contacts.Get($"/contacts/{contact.Id}")).Expect(404, "not_found");
        (await crm.Contacts.Patch($"/contacts/{contact.Id}", new { lastName = "King" })).Expect(404, "not_found");
        (await crm.Contacts.Delete($"/contacts/{contact.Id}")).Expect(404, "not_found");
        Assert.Equal(0, (await crm.Contacts.Get("/contacts")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(2, (await crm.Contacts.Get($"/contacts/{contact.Id}/history")).Expect(200)["items"].GetArrayLength());
        Assert.True(Assert.Single(await bus.Until(1)).Body.GetProperty("trashed").GetBoolean());
    }
}
