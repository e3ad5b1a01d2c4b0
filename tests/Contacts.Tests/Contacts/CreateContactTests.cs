using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class CreateContactTests
{
    [Fact]
    public async Task A_created_contact_can_be_read_at_the_address_the_answer_names()
    {
        var crm = await TestCrm.Tenant();

        var created = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", firstName = "Ada", tags = new[] { "vip" } })).Expect(201);

        var read = (await crm.Contacts.Get($"/contacts/{created.Id}")).Expect(200);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal($"/api/v1/contacts/{created.Id}", created.Headers["Location"]);
        Assert.Equal("\"1\"", created.Headers["ETag"]);
    }

    [Fact]
    public async Task A_created_contact_is_told()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.contact.*");

        var created = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        var heard = Assert.Single(await bus.Until(1, created.Id));
        Assert.Equal("contacts.contact.created", heard.Type);
        Assert.Equal("Lovelace", heard.Body.GetProperty("changes").GetProperty("lastName").GetProperty("new").GetString());
    }
}
