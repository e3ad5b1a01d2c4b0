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

    [Fact]
    public async Task The_timeline_of_a_person_is_read_by_who_sees_the_person()
    {
        var crm = await TestCrm.Tenant();
        var (owner, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var ada = (await crm.Contacts.Post("/contacts", new { lastName = "Lovelace", ownerId = owner, teamId = team })).Expect(201);
        async Task<int> Lines(Guid user, string role, params Guid[] teams) => (await crm.Service("activities")
            .WithToken(crm.TokenOf(user, [role], teams)).Get($"/timeline/{ada.Id}")).Expect(200).Body.GetArrayLength();

        await TestCrm.Eventually(async () => Assert.Equal(1, await Lines(owner, "sales")));
        Assert.Equal(1, await Lines(Guid.CreateVersion7(), "sales", team));
        Assert.Equal(1, await Lines(Guid.CreateVersion7(), "readOnly"));
        Assert.Equal(0, await Lines(Guid.CreateVersion7(), "sales", Guid.CreateVersion7()));
    }

    private static async Task<IEnumerable<string?>> Timeline(TestCrm crm, Guid record) =>
        from line in (await crm.Service("activities").Get($"/timeline/{record}")).Expect(200).Body.EnumerateArray()
        select line.GetProperty("what").GetString();
}
