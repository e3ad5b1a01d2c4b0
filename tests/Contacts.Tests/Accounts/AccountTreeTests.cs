using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Accounts;

/// <summary>Companies that belong to companies, and people who report to people.</summary>
public sealed class AccountTreeTests
{
    [Fact]
    public async Task Nothing_is_above_itself()
    {
        var crm = await TestCrm.Tenant();
        var (top, middle, bottom) = (await Enter(crm, "Top"), await Enter(crm, "Middle"), await Enter(crm, "Bottom"));
        (await Put(crm, middle, top)).Expect(200);
        (await Put(crm, bottom, middle)).Expect(200);

        foreach (var below in (Guid[])[top, middle, bottom])
        {
            var refused = (await Put(crm, top, below)).Expect(422, "invalid");
            Assert.True(refused["errors"].TryGetProperty("parentId", out _), refused.Text);
        }
        var chief = (await crm.Contacts.Post("/contacts", new { lastName = "Chief" })).Expect(201).Id;
        var clerk = (await crm.Contacts.Post("/contacts", new { lastName = "Clerk", reportsToId = chief })).Expect(201).Id;
        (await crm.Contacts.Patch($"/contacts/{chief}", new { reportsToId = clerk })).Expect(422, "invalid");
        Assert.Equal("Top", Assert.Single((await crm.Contacts.Get("/accounts?filter=parentId is null")).Expect(200)["items"].EnumerateArray())
            .GetProperty("name").GetString());
        Assert.Equal(1, (await crm.Contacts.Get("/accounts?filter=any(accountsByParent, name = 'Middle')")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_circle_hidden_in_the_trash_is_a_circle()
    {
        var crm = await TestCrm.Tenant();
        var (one, two, three) = (await Enter(crm, "One"), await Enter(crm, "Two"), await Enter(crm, "Three"));
        (await Put(crm, one, two)).Expect(200);
        (await Put(crm, two, three)).Expect(200);
        (await crm.Contacts.Delete($"/accounts/{two}")).Expect(204);

        (await Put(crm, three, one)).Expect(422, "invalid");
    }

    [Fact]
    public async Task Two_who_put_each_above_the_other_at_once_make_no_circle()
    {
        var crm = await TestCrm.Tenant();
        for (var round = 0; round < 10; round++)
        {
            var ring = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Enter(crm, $"{round}/{n}")));

            var moves = await Task.WhenAll(ring.Select((id, i) => Put(crm, id, ring[(i + 1) % ring.Length])));

            Assert.All(moves, m => Assert.Contains(m.Status, (int[])[200, 422]));
            Assert.Equal(1, moves.Count(m => m.Status == 422)); // whoever came last would have closed the ring
        }
    }

    private static async Task<Guid> Enter(TestCrm crm, string name) => (await crm.Contacts.Post("/accounts", new { name })).Expect(201).Id;

    private static Task<Reply> Put(TestCrm crm, Guid account, Guid below) => crm.Contacts.Patch($"/accounts/{account}", new { parentId = below });
}
