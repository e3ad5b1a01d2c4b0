using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class CreateContactTests
{
    [Fact]
    public async Task A_created_contact_can_be_read_at_the_address_the_answer_names()
    {
        var crm = await TestCrm.Tenant();

        var created = (await crm.Contacts.Post(
            "/contacts", new { lastName = "Lovelace", firstName = "Ada", tags = new[] { "vip" } })).Expect(201);

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

    [Theory]
    [InlineData("""{"firstName": "Ada"}""", "lastName")]
    [InlineData("""{"lastName": null}""", "lastName")]
    [InlineData("""{"lastName": "Lovelace", "email": "nobody"}""", "email")]
    [InlineData("""{"lastName": "a\u0000b"}""", "lastName")]
    public async Task What_breaks_a_rule_is_refused_at_its_field(string body, string field)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/contacts", body)).Expect(422, "invalid");

        Assert.Equal(field, Assert.Single(refused["errors"].EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("""{"lastName": "Lovelace", "shoeSize": 39}""", "shoeSize")]
    [InlineData("""{"lastName": 5}""", "lastName")]
    [InlineData("""{"lastName": "\ud800"}""", "lastName")]
    [InlineData("""{"lastName": "Lovelace", "version": 5}""", "version")]
    public async Task What_is_no_field_or_no_value_of_it_is_refused_by_name(string body, string field)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/contacts", body)).Expect(422, "invalid");

        Assert.Equal(field, Assert.Single(refused["errors"].EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("""{"lastName": "Lovelace" """)]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task What_is_no_contact_at_all_is_malformed(string body)
    {
        var crm = await TestCrm.Tenant();

        (await crm.Contacts.Post("/contacts", body)).Expect(400, "malformed");
    }

    [Fact]
    public async Task A_company_that_does_not_exist_is_refused()
    {
        var crm = await TestCrm.Tenant();
        var foreign = (await crm.Another().Contacts.Post("/accounts", new { name = "Somebody else's" })).Expect(201);

        var refused = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = foreign.Id })).Expect(422, "invalid_reference");
        Assert.True(refused["errors"].TryGetProperty("accountId", out _));
        (await crm.Contacts.Post(
            "/contacts", new { lastName = "Lovelace", accountId = Guid.CreateVersion7() })).Expect(422, "invalid_reference");
        Assert.Equal(0, (await crm.Contacts.Get("/contacts")).Expect(200)["items"].GetArrayLength());
    }
}
