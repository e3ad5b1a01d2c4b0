using CrmPlatform.SystemTests.Platform;
using CrmPlatform.Testing;

namespace CrmPlatform.SystemTests;

/// <summary>A role is changed in one service and decides in another, by the way all events take.</summary>
public sealed class RoleChangeTests(RealPlatform platform)
{
    [Fact]
    public async Task A_role_changed_in_identity_decides_otherwise_in_contacts()
    {
        var tenant = Guid.CreateVersion7();
        var ada = (await platform.Service("edge", tenant).Post("/contacts", new { lastName = "Lovelace", birthday = "1815-12-10" })).Expect(201).Id;
        var roles = platform.Service("edge", tenant);
        var clerk = platform.Host.Service("edge").WithToken(platform.Token(tenant, "clerk"));
        Assert.Equal(404, (await clerk.Get($"/contacts/{ada}")).Status); // nobody has said what a clerk may do

        var role = (await roles.Post("/roles", new { name = "clerk", title = "Clerk", records = Reading() })).Expect(201).Id;
        await TestCrm.Eventually(async () => Assert.True((await clerk.Get($"/contacts/{ada}")).Expect(200).Body.TryGetProperty("birthday", out _)));
        Assert.Equal(403, (await clerk.Patch($"/contacts/{ada}", new { lastName = "King" })).Status);

        (await roles.Patch($"/roles/{role}", new { records = Reading(new { field = "birthday", right = "hidden" }) })).Expect(200);
        await TestCrm.Eventually(async () => Assert.False((await clerk.Get($"/contacts/{ada}")).Expect(200).Body.TryGetProperty("birthday", out _)));

        (await roles.Delete($"/roles/{role}")).Expect(204);
        await TestCrm.Eventually(async () => Assert.Equal(404, (await clerk.Get($"/contacts/{ada}")).Status));
    }

    private static object Reading(params object[] fields) => new[] { new { record = "contact", read = "all", fields } };
}
