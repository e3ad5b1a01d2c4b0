using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class CreateAccountTests
{
    [Fact]
    public async Task A_created_account_can_be_read_and_is_told()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.account.created");

        var created = (await crm.Contacts.Post(
            "/accounts", new { name = "Analytical Engines", domain = "engines.example", employees = 2 })).Expect(201);

        Assert.Equal(created.Text, (await crm.Contacts.Get(created.Headers["Location"]["/api/v1".Length..])).Expect(200).Text);
        Assert.Equal(created.Id, Assert.Single(await bus.Until(1)).Record);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": "   "}""", "name")]
    [InlineData("""{"name": "A", "domain": "no domain"}""", "domain")]
    [InlineData("""{"name": "A", "employees": -1}""", "employees")]
    public async Task What_breaks_a_rule_is_refused_at_its_field(string body, string field)
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Post("/accounts", body)).Expect(422, "invalid");

        Assert.Equal(field, Assert.Single(refused["errors"].EnumerateObject()).Name);
    }
}
