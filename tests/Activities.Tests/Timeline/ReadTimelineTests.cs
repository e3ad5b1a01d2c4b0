using CrmPlatform.Activities.Timeline;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Activities.Tests.Timeline;

/// <summary>
/// The timeline hears of everything that happens to a person: <see cref="OnContactCreated"/>, <see cref="OnContactUpdated"/>,
/// <see cref="OnContactDeleted"/>, <see cref="OnContactRestored"/>.
/// </summary>
public sealed class ReadTimelineTests
{
    [Fact]
    public async Task A_life_of_a_person_is_on_the_timeline_newest_first()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Byron", firstName = "Ada" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{ada.Id}", new { lastName = "Lovelace", jobTitle = "Programmer" })).Expect(200);
        (await crm.Contacts.Delete($"/contacts/{ada.Id}")).Expect(204);
        (await crm.Contacts.Post($"/contacts/{ada.Id}/restore")).Expect(200);

        await TestCrm.Eventually(async () =>
            Assert.Equal(["restored", "deleted", "changed", "entered"], await Timeline(crm, ada.Id)));

        var changed = (await crm.Service("activities").Get($"/timeline/{ada.Id}")).Expect(200).Body[2];
        Assert.Equal(["jobTitle", "lastName"], changed.GetProperty("fields").EnumerateArray().Select(f => f.GetString()!).Order());
        Assert.Equal("ada", changed.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_tenant_does_not_see_the_timeline_of_another()
    {
        var crm = await TestCrm.Tenant();
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        await TestCrm.Eventually(async () => Assert.Equal(["entered"], await Timeline(crm, ada.Id)));

        Assert.Empty(await Timeline(crm.Another(), ada.Id));
    }

    private static async Task<IEnumerable<string?>> Timeline(TestCrm crm, Guid record) =>
        from line in (await crm.Service("activities").Get($"/timeline/{record}")).Expect(200).Body.EnumerateArray()
        select line.GetProperty("what").GetString();
}
