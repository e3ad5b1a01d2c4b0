using CrmPlatform.Identity.Tests.Mail;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.LogIn;

public sealed class RevokeSignInTests
{
    [Fact]
    public async Task A_device_is_logged_out_from_another_one()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        await using var bus = await crm.Listen("identity.signIn.revoked");
        using var phone = new Visitor(crm);
        using var laptop = new Visitor(crm);
        await phone.LogIn(ada.Email);
        await laptop.LogIn(ada.Email);

        (await laptop.Open("/account/devices")).Expect(200, "Devices");
        (await laptop.Submit(new { all = "yes" }, "/account/devices")).Expect(200, "Devices");

        (await phone.Open("/account")).Expect(200, "Log in");
        (await laptop.Open("/account")).Expect(200, "Your account");
        Assert.Equal("revoked", (await bus.Until(1))[0].Body.GetProperty("because").GetString());
        Assert.Contains("You have not used this device before", (await crm.Mail(ada.Email, "new device")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Who_looks_after_people_logs_anybody_out_and_others_only_themselves()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        var identity = crm.Service("identity");
        var signIn = (await identity.Get($"/signIns?filter=userId = \"{ada.Id}\"")).Expect(200)["items"][0].GetProperty("id").GetGuid();
        Door As(Guid user, string role) => identity.WithToken(crm.TokenOf(user, [role]));

        Assert.InRange((await As(Guid.CreateVersion7(), "manager").Post($"/signIns/{signIn}/revoke")).Status, 403, 404);
        (await crm.Another().Service("identity").Post($"/signIns/{signIn}/revoke")).Expect(404);
        Assert.NotEqual(default, (await As(ada.Id, "sales").Post($"/signIns/{signIn}/revoke")).Expect(200)["endedAt"].GetDateTimeOffset());

        (await visitor.Open("/account")).Expect(200, "Log in");
        (await identity.Post("/signIns", new { })).Expect(403, "not_allowed");
        (await identity.Delete($"/signIns/{signIn}")).Expect(403, "not_allowed");
    }

    [Fact]
    public async Task One_that_nobody_uses_or_that_has_lasted_long_enough_is_over()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var sql = crm.Sql("identity", As.Admin);
        foreach (var over in new[] { "seen_at = now() - interval '13 hours'", "ends_at = now() - interval '1 second'" })
        {
            using var visitor = new Visitor(crm);
            (await visitor.LogIn(ada.Email)).Expect(200, "Your account");
            await sql.Execute($"update sign_in_secret set {over} where email = $1", ada.Email);
            (await visitor.Open("/account")).Expect(200, "Log in");
        }
    }
}
