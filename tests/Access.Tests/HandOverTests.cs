using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>Somebody leaves in one service, what they own is handed over in another, and the edge takes all of it back as one.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task Undoing_that_somebody_left_gives_back_what_they_owned_in_every_service()
    {
        var crm = await TestCrm.Tenant();
        var edge = crm.Service("edge");
        foreach (var records in (string[])["/users", "/contacts"]) // it has to know both services first
            await TestCrm.Eventually(async () => (await edge.Get(records)).Expect(200), TimeSpan.FromSeconds(90));
        async Task<Guid> Person(string name) => (await edge.Post("/users", new { name, email = $"{name}@{crm.Id}.example" })).Expect(201).Id;
        var (ada, bob) = (await Person("ada"), await Person("bob"));
        await crm.Sql("identity", As.Admin).Execute("update person set status = 'active' where tenant = $1", crm.Id); // as accepting does
        var contact = (await edge.Post("/contacts", new { lastName = "Lovelace", ownerId = ada })).Expect(201).Id;

        var left = (await edge.Post($"/users/{ada}/deactivate", new { handOverTo = bob })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal(bob, (await edge.Get($"/contacts/{contact}")).Expect(200)["ownerId"].GetGuid()));
        await TestCrm.Eventually(async () => (await edge.Post($"/operations/{left.Operation}/undo")).Expect(200)); // not while jobs are at it

        Assert.Equal(ada, (await edge.Get($"/contacts/{contact}")).Expect(200)["ownerId"].GetGuid());
        Assert.Equal("active", (await edge.Get($"/users/{ada}")).Expect(200)["status"].GetString());
        var told = (await edge.Get($"/audit?operation={left.Operation}")).Expect(200)["items"].EnumerateArray();
        Assert.Equal(["contact.updated", "user.deactivated"], told.Select(e => e.GetProperty("type").GetString()));
    }
}
