using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class EditAccountTests
{
    [Fact]
    public async Task Only_the_fields_sent_change()
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Contacts.Post("/accounts", new { name = "Engines", industry = "Machines", employees = 2 })).Expect(201);

        var after = (await crm.Contacts.IfMatch(1).Patch($"/accounts/{before.Id}", new { employees = 3 })).Expect(200);

        Assert.Equal(("Engines", "Machines", 3), (after["name"].GetString(), after["industry"].GetString(), after["employees"].GetInt32()));
        (await crm.Contacts.IfMatch(1).Patch($"/accounts/{before.Id}", new { employees = 4 })).Expect(412, "stale");
    }

    [Theory]
    [InlineData("""{"employees": "3"}""", "is not a whole number")]
    [InlineData("""{"employees": 99999999999}""", "is not a whole number")]
    [InlineData("""{"employees": 1.5}""", "is not a whole number")]
    [InlineData("""{"employees": -1}""", "between 0 and 10000000")]
    public async Task A_number_is_a_number_within_its_bounds(string patch, string sentence)
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201);

        var refused = (await crm.Contacts.Patch($"/accounts/{account.Id}", patch)).Expect(422, "invalid");

        Assert.Contains(sentence, refused["errors"].GetProperty("employees")[0].GetString()!, StringComparison.Ordinal);
    }
}
