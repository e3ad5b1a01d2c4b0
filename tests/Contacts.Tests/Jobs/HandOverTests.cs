using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Jobs;

/// <summary>What belongs to somebody who leaves goes to somebody else, and comes back as one.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task Whoever_is_deactivated_hands_over_all_they_own_as_one_operation_that_can_be_undone()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob, carl) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var mine = new List<string>();
        for (var n = 0; n < 3; n++)
            mine.Add($"/contacts/{(await crm.Contacts.Post("/contacts", new { lastName = $"C{n}", ownerId = ada })).Expect(201).Id}");
        mine.Add($"/accounts/{(await crm.Contacts.Post("/accounts", new { name = "A", ownerId = ada })).Expect(201).Id}");
        var trashed = (await crm.Contacts.Post("/contacts", new { lastName = "Trashed", ownerId = ada })).Expect(201).Id;
        (await crm.Contacts.Delete($"/contacts/{trashed}")).Expect(204);
        var others = $"/contacts/{(await crm.Contacts.Post("/contacts", new { lastName = "D", ownerId = carl })).Expect(201).Id}";
        var operation = Guid.CreateVersion7();

        await crm.Tell("identity.user.deactivated", ada, 2, $$"""{"handOverTo": "{{bob}}"}""", operation);

        await TestCrm.Eventually(() => AllBelongTo(crm, bob, mine));
        await TestCrm.Eventually(async () => Assert.Equal("done", await StateOf(crm, "contacts")));
        await TestCrm.Eventually(async () => Assert.Equal("done", await StateOf(crm, "accounts")));
        await AllBelongTo(crm, carl, [others]);
        var done = (await crm.Contacts.Get($"/operations/{operation}")).Expect(200);
        Assert.Equal((4, 1), (done["records"].GetProperty("contact").GetInt32(), done["records"].GetProperty("account").GetInt32()));
        Assert.Equal(("Grace", "hand-over"), (done["actor"].GetProperty("name").GetString(), done["actor"].GetProperty("door").GetString()));

        Assert.Equal(5, (await crm.Contacts.Post($"/operations/{operation}/undo")).Expect(200)["records"].GetInt32());

        await AllBelongTo(crm, ada, mine);
        await AllBelongTo(crm, ada, [$"/contacts/{(await crm.Contacts.Post($"/contacts/{trashed}/restore")).Expect(200).Id}"]);
    }

    [Fact]
    public async Task What_was_undone_before_this_service_heard_of_it_is_taken_back_here()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob, operation) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var contact = $"/contacts/{(await crm.Contacts.Post("/contacts", new { lastName = "C", ownerId = ada })).Expect(201).Id}";
        (await crm.Contacts.Post($"/operations/{operation}/undo")).Expect(404);

        await crm.Tell("identity.user.deactivated", ada, 2, $$"""{"handOverTo": "{{bob}}"}""", operation);
        await crm.Tell("identity.user.updated", ada, 3, $$"""{"undoes": "{{operation}}"}""");

        await TestCrm.Eventually(async () =>
        {
            var jobs = (await crm.Contacts.Get("/contacts/jobs")).Expect(200)["items"].EnumerateArray();
            Assert.Equal(["done", "done"], jobs.Select(j => j.GetProperty("state").GetString()));
        });
        await AllBelongTo(crm, ada, [contact]);
        Assert.Equal(3, (await crm.Contacts.Get(contact)).Expect(200)["version"].GetInt32()); // there and back
    }

    [Fact]
    public async Task Whoever_leaves_without_naming_anybody_keeps_what_they_own()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var contact = $"/contacts/{(await crm.Contacts.Post("/contacts", new { lastName = "C", ownerId = ada })).Expect(201).Id}";
        var other = $"/contacts/{(await crm.Contacts.Post("/contacts", new { lastName = "D", ownerId = bob })).Expect(201).Id}";

        await crm.Tell("identity.user.deactivated", ada, 2, """{"handOverTo": null}""");
        await crm.Tell("identity.user.deactivated", bob, 2, $$"""{"handOverTo": "{{ada}}"}""");

        await TestCrm.Eventually(() => AllBelongTo(crm, ada, [other]));
        await AllBelongTo(crm, ada, [contact]);
    }

    private static async Task AllBelongTo(TestCrm crm, Guid owner, IEnumerable<string> records)
    {
        foreach (var record in records)
            Assert.Equal(owner, (await crm.Contacts.Get(record)).Expect(200)["ownerId"].GetGuid());
    }

    private static async Task<string?> StateOf(TestCrm crm, string plural) =>
        (await crm.Contacts.Get($"/{plural}/jobs")).Expect(200)["items"][0].GetProperty("state").GetString();
}
