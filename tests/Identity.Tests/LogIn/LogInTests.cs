using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.LogIn;

public sealed class LogInTests
{
    [Fact]
    public async Task Who_knows_the_password_is_let_in_and_it_is_told()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        await using var bus = await crm.Listen("identity.signIn.*");
        using var visitor = new Visitor(crm);

        (await visitor.LogIn(ada.Email.ToUpperInvariant())).Expect(200, "Your account");

        var signIn = (await crm.Service("identity").Get($"/signIns?filter=userId = \"{ada.Id}\"")).Expect(200)["items"][0];
        Assert.Equal("Firefox on Linux", signIn.GetProperty("device").GetString());
        Assert.Equal("identity.signIn.created", (await bus.Until(1, signIn.GetProperty("id").GetGuid()))[0].Type);
        Assert.All(visitor.Cookies, cookie => Assert.True(cookie.HttpOnly));
    }

    [Fact]
    public async Task Logging_out_ends_the_sign_in_and_the_cookie_opens_nothing_any_more()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        await using var bus = await crm.Listen("identity.signIn.revoked");
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        var session = visitor.Cookies["crm-session"]!.Value;

        (await visitor.Submit(new { }, "/log-out")).Expect(200, "Log in");

        Assert.Equal("loggedOut", (await bus.Until(1))[0].Body.GetProperty("because").GetString());
        using var thief = new Visitor(crm);
        thief.Cookies.Add(new System.Net.Cookie("crm-session", session));
        (await thief.Open("/account")).Expect(200, "Log in");
    }

    [Theory]
    [InlineData("right@mail.example", "wrong password of mine", "The e-mail address or the password is not right.")]
    [InlineData("nobody@mail.example", Known.Password, "The e-mail address or the password is not right.")]
    [InlineData("", Known.Password, "Enter your e-mail address.")]
    [InlineData("right@mail.example", "", "Enter your password.")]
    public async Task Who_does_not_stays_outside(string email, string password, string trouble)
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person($"right.{Guid.CreateVersion7()}@mail.example");
        using var visitor = new Visitor(crm);

        (await visitor.LogIn(email.Length == 0 ? "" : email.Replace("right@", ada.Email.Split('@')[0] + "@", StringComparison.Ordinal), password))
            .Expect(422, "Log in");

        Assert.Equal([trouble], visitor.Troubles);
        (await visitor.Open("/account")).Expect(200, "Log in");
    }

    [Fact]
    public async Task Afterwards_one_is_where_one_wanted_to_go_but_never_elsewhere()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();

        using var visitor = new Visitor(crm);
        Assert.Equal("/account?tab=1", (await visitor.LogIn(ada.Email, returnTo: "/account?tab=1")).Path);
        foreach (var away in new[] { "https://bad.example/", "//bad.example/", "/\\bad.example", "javascript:alert(1)" })
        {
            using var another = new Visitor(crm);
            Assert.Equal("/account", (await another.LogIn(ada.Email, returnTo: away)).Path);
        }
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_not_taken()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.Open("/log-in");

        (await visitor.Submit(new { email = ada.Email, password = Known.Password }, "/log-in", origin: "https://bad.example")).Expect(403, "Once more, please");
        (await visitor.Open("/log-in")).Expect(200, "Log in");
        (await visitor.Submit(new { email = ada.Email, password = Known.Password, form = "AAAA" }, "/log-in")).Expect(403);
        (await visitor.Open("/account")).Expect(200, "Log in");
    }

    [Fact]
    public async Task What_no_text_can_hold_is_refused_and_breaks_nothing()
    {
        var crm = await TestCrm.Tenant();
        using var visitor = new Visitor(crm);

        (await visitor.LogIn("ada\0@mail.example")).Expect(400);
        await visitor.Open("/sign-up");
        (await visitor.Submit(new { company = "En\0gines", name = "Ada", email = "ada@mail.example" })).Expect(400);
        (await visitor.Open("/oauth/authorize?client_id=crm-cli&nonce=%00")).Expect(400, "This does not work");
        (await crm.Service("identity").Get("/audit?actor=%00")).Expect(400, "malformed");
    }

    [Fact]
    public async Task Who_works_for_several_companies_says_for_which()
    {
        var crm = await TestCrm.Tenant();
        var other = crm.Another();
        var ada = await crm.Person();
        var again = await other.Person(ada.Email);
        using var visitor = new Visitor(crm);

        (await visitor.LogIn(ada.Email)).Expect(200, "Choose a company");
        (await visitor.Open("/account")).Expect(200, "Log in");
        await visitor.Open("/log-in/company");
        (await visitor.Submit(new { company = other.Id })).Expect(200, "Your account");

        var signIns = (await other.Service("identity").Get($"/signIns?filter=userId = \"{again.Id}\"")).Expect(200);
        Assert.Equal(1, signIns["items"].GetArrayLength());
        (await crm.Service("identity").Get($"/signIns/{signIns["items"][0].GetProperty("id")}")).Expect(404);
    }
}
