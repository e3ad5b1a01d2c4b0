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
        (await crm.Contacts.Get($"/accounts/{loser}")).Expect(404, "merged");
        var told = Assert.Single(await bus.Until(1));
        Assert.Equal(
            (winner, loser, 1), (told.Record, told.Body.GetProperty("loser").GetGuid(), told.Body.GetProperty("contactsMoved").GetInt32()));
    }

    [Fact]
    public async Task What_is_between_the_two_comes_below_the_winner_and_an_undo_puts_it_back()
    {
        var crm = await TestCrm.Tenant();
        var (top, loser, middle, winner) = (await Enter("Top", null), await Enter("Loser", "1"), await Enter("Middle", "2"), await Enter("Winner", "3"));
        foreach (var (account, parentId) in ((Guid, Guid)[])[(loser, top), (middle, loser), (winner, middle)])
            (await crm.Contacts.Patch($"/accounts/{account}", new { parentId })).Expect(200);
        var contactId = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201).Id;
        foreach (var accountId in (Guid[])[loser, winner])
            (await crm.Contacts.Post("/accountContacts", new { contactId, accountId })).Expect(201);
        var before = await Tree();

        var merged = (await crm.Contacts.Post($"/accounts/{winner}/merge", new { loser, fields = new { name = loser } })).Expect(200);

        Assert.Equal(("Loser", 2), (merged["name"].GetString(), merged["externalIds"].GetArrayLength()));
        Assert.Equal(["Loser below Top", "Middle below Loser", "Top below "], await Tree());
        Assert.Single((await crm.Contacts.Get("/accountContacts")).Expect(200)["items"].EnumerateArray());
        (await crm.Contacts.Post($"/operations/{merged.Operation}/undo")).Expect(200);
        Assert.Equal(before, await Tree());
        Assert.Equal(2, (await crm.Contacts.Get("/accountContacts")).Expect(200)["items"].GetArrayLength());

        async Task<Guid> Enter(string name, string? id) => (await crm.Contacts.Post(
            "/accounts", new { name, externalIds = id is null ? [] : new[] { new { system = "erp", id } } })).Expect(201).Id;
        async Task<List<string>> Tree()
        {
            var all = (await crm.Contacts.Get("/accounts")).Expect(200)["items"].EnumerateArray().ToList();
            var names = all.ToDictionary(a => a.GetProperty("id").GetString()!, a => a.GetProperty("name").GetString());
            return [.. all.Select(a => $"{a.GetProperty("name")} below {(a.GetProperty("parentId").GetString() is { } p ? names[p] : "")}").Order()];
        }
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
