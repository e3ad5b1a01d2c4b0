using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Contacts;

public sealed class GetContactTests
{
    [Fact]
    public async Task A_contact_can_be_read_as_it_was_at_any_time()
    {
        var crm = await TestCrm.Tenant();
        var first = (await crm.Contacts.Post(
            "/contacts", new { lastName = "Byron", email = "ada@example.com", tags = new[] { "vip" } })).Expect(201);
        var second = (await crm.Contacts.Patch($"/contacts/{first.Id}", new { lastName = "Lovelace", email = (string?)null })).Expect(200);
        (await crm.Contacts.Delete($"/contacts/{first.Id}")).Expect(204);

        Assert.Equal(first.Text, (await AsOf(first)).Expect(200).Text);
        Assert.Equal(second.Text, (await AsOf(second)).Expect(200).Text);
        (await crm.Contacts.Get($"/contacts/{first.Id}?asOf=2001-01-01T00:00:00Z")).Expect(404, "not_found");

        Task<Reply> AsOf(Reply state) =>
            crm.Contacts.Get($"/contacts/{first.Id}?asOf={Uri.EscapeDataString(state["updatedAt"].GetString()!)}");
    }

    [Theory]
    [InlineData("2100-01-31T12:00:00%2B02:00")]
    [InlineData("2100-01-31T12:00:00-11:30")]
    [InlineData("2100-01-31")]
    public async Task A_time_may_be_given_in_any_zone(string time)
    {
        var crm = await TestCrm.Tenant();
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        Assert.Equal(contact.Text, (await crm.Contacts.Get($"/contacts/{contact.Id}?asOf={time}")).Expect(200).Text);
    }

    [Fact]
    public async Task A_time_that_is_none_is_refused()
    {
        var crm = await TestCrm.Tenant();

        var refused = (await crm.Contacts.Get($"/contacts/{Guid.CreateVersion7()}?asOf=yesterday")).Expect(400, "malformed");

        Assert.Equal("asOf cannot be read from \"yesterday\".", refused["detail"].GetString());
    }

    [Fact]
    public async Task A_contact_that_never_was_is_not_found()
    {
        var crm = await TestCrm.Tenant();

        (await crm.Contacts.Get($"/contacts/{Guid.CreateVersion7()}")).Expect(404, "not_found");
        (await crm.Contacts.Get("/contacts/no-id")).Expect(404, "no_route");
    }
}
