using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class GetAccountTests
{
    [Fact]
    public async Task An_account_can_be_read_as_it_was_before_a_merge()
    {
        var crm = await TestCrm.Tenant();
        var winner = (await crm.Contacts.Post("/accounts", new { name = "Winner" })).Expect(201);
        var loser = (await crm.Contacts.Post("/accounts", new { name = "Loser", industry = "Engines" })).Expect(201);
        (await crm.Contacts.Post($"/accounts/{winner.Id}/merge", new { loser = loser.Id })).Expect(200);

        var was = (await crm.Contacts.Get(
            $"/accounts/{winner.Id}?asOf={Uri.EscapeDataString(winner["updatedAt"].GetString()!)}")).Expect(200);

        Assert.Equal(winner.Text, was.Text);
        Assert.Equal("Engines", (await crm.Contacts.Get($"/accounts/{winner.Id}")).Expect(200)["industry"].GetString());
    }

    [Fact]
    public async Task An_account_that_never_was_is_not_found()
    {
        var crm = await TestCrm.Tenant();

        (await crm.Contacts.Get($"/accounts/{Guid.CreateVersion7()}")).Expect(404, "not_found");
    }
}
