using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

public sealed class MergeAccountsTests
{
    [Fact]
    public async Task The_winner_keeps_its_values_takes_what_it_lacks_and_gets_the_contacts()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("contacts.account.merged");
        var winner = (await crm.Contacts.Post("/accounts", new { name = "Engines", domain = "engines.example" })).Expect(201).Id;
        var loser = (await crm.Contacts.Post(
            "/accounts", new { name = "Engines Ltd", domain = "other.example", industry = "Machines" })).Expect(201).Id;
        var contact = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", accountId = loser })).Expect(201).Id;

        var merged = (await crm.Contacts.Post($"/accounts/{winner}/merge", new { loser })).Expect(200);

        Assert.Equal(
            ("Engines", "engines.example", "Machines"),
            (merged["name"].GetString(), merged["domain"].GetString(), merged["industry"].GetString()));
        Assert.Equal(winner, (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200)["accountId"].GetGuid());
        (await crm.Contacts.Get($"/accounts/{loser}")).Expect(404, "not_found");
        var told = Assert.Single(await bus.Until(1));
        Assert.Equal(
            (winner, loser, 1), (told.Record, told.Body.GetProperty("loser").GetGuid(), told.Body.GetProperty("contactsMoved").GetInt32()));
    }

    [Fact]
    public async Task Two_merges_of_one_pair_in_opposite_directions_end_with_one_winner()
    {
        var crm = await TestCrm.Tenant();
        foreach (var round in Enumerable.Range(0, 10))
        {
            var one = (await crm.Contacts.Post("/accounts", new { name = $"One {round}" })).Expect(201).Id;
            var other = (await crm.Contacts.Post("/accounts", new { name = $"Other {round}" })).Expect(201).Id;

            var both = Task.WhenAll(
                crm.Contacts.Post($"/accounts/{one}/merge", new { loser = other }),
                crm.Contacts.Post($"/accounts/{other}/merge", new { loser = one }));
            var merges = await both.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

            Assert.Equal([200, 404], merges.Select(m => m.Status).Order());
        }
    }

    [Fact]
    public async Task An_account_cannot_be_merged_with_itself_or_with_what_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        var account = (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id;

        (await crm.Contacts.Post($"/accounts/{account}/merge", new { loser = account })).Expect(422, "invalid");
        (await crm.Contacts.Post($"/accounts/{account}/merge", new { loser = Guid.CreateVersion7() })).Expect(404, "not_found");
        Assert.Equal(1, (await crm.Contacts.Get($"/accounts/{account}")).Expect(200).Version);
    }
}
