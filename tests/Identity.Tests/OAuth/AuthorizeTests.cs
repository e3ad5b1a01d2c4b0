using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

public sealed class AuthorizeTests
{
    [Fact]
    public async Task Somebody_logs_in_agrees_and_goes_back_with_a_code_and_is_not_asked_again()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, trusted: false);
        using var visitor = new Visitor(crm);

        (await visitor.LogIn(ada.Email, returnTo: partner.Ask())).Expect(200, "Let Partner act for you?");
        Assert.Contains("See what you may see", visitor.Html, StringComparison.Ordinal);
        Assert.Contains("partner.example", visitor.Html, StringComparison.Ordinal);
        var heard = Partner.Heard(await visitor.Submit(new { decision = "agree" }, "/oauth/consent"));

        Assert.Equal(("the state", partner.Issuer), (heard["state"], heard["iss"]));
        var tokens = (await partner.Redeem(heard["code"])).Expect(200);
        (await crm.Contacts.WithToken(tokens["access_token"]).Get("/contacts")).Expect(200);
        Assert.NotEmpty(Partner.Heard(await visitor.Open(partner.Ask()))["code"]);
        (await visitor.Open(partner.Ask(("scope", "openid crm.read crm.write")))).Expect(200, "Let Partner act for you?");
        (await visitor.Open(partner.Ask(("prompt", "consent")))).Expect(200, "Let Partner act for you?");
    }

    [Fact]
    public async Task Who_does_not_agree_goes_back_without_a_code()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, trusted: false);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email, returnTo: partner.Ask());

        var heard = Partner.Heard(await visitor.Submit(new { decision = "refuse" }, "/oauth/consent"));

        Assert.Equal(("access_denied", "the state", partner.Issuer), (heard["error"], heard["state"], heard["iss"]));
        Assert.DoesNotContain("code", heard.Keys);
    }

    [Fact]
    public async Task Consent_is_taken_from_our_own_page_alone()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, trusted: false);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email, returnTo: partner.Ask());

        await visitor.Submit(new { decision = "agree" }, "/oauth/consent", origin: "https://evil.example");

        Assert.Equal(403, visitor.Status);
        (await visitor.Open(partner.Ask())).Expect(200, "Let Partner act for you?");
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/back")]
    [InlineData("redirect_uri", "https://partner.example/back/more")]
    [InlineData("redirect_uri", "https://partner.example/back?more=1")]
    [InlineData("redirect_uri", "https://PARTNER.example/back")]
    [InlineData("redirect_uri", "http://partner.example/back")]
    [InlineData("redirect_uri", "https://partner.example.evil.example/back")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "c_nobody")]
    [InlineData("client_id", null)]
    public async Task Where_it_is_not_sure_who_asks_nothing_is_sent_anywhere(string parameter, string? value)
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);

        (await visitor.Open(partner.Ask((parameter, value)))).Expect(400, "This does not work");

        Assert.Null(visitor.Answer.Headers.Location);
    }

    [Fact]
    public async Task A_parameter_that_is_there_twice_is_refused()
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);

        (await visitor.Open(partner.Ask() + "&redirect_uri=https%3A%2F%2Fevil.example")).Expect(400, "This does not work");
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", "openid crm.ops", "invalid_scope")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://partner.example/request", "request_uri_not_supported")]
    [InlineData("prompt", "none", "login_required")]
    public async Task What_is_asked_wrongly_goes_back_with_why_the_state_and_who_says_so(string parameter, string? value, string error)
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);

        var heard = Partner.Heard(await visitor.Open(partner.Ask((parameter, value))));

        Assert.Equal((error, "the state", partner.Issuer), (heard["error"], heard["state"], heard["iss"]));
    }

    [Fact]
    public async Task Who_is_logged_in_is_asked_again_when_the_client_wants_it()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);

        Assert.NotEmpty(Partner.Heard(await visitor.Open(partner.Ask(("max_age", "3600"), ("prompt", "none"))))["code"]);
        Assert.Equal("login_required", Partner.Heard(await visitor.Open(partner.Ask(("max_age", "0"), ("prompt", "none"))))["error"]);
        foreach (var (name, value) in new[] { ("prompt", "login"), ("max_age", "0") })
        {
            (await visitor.Open(partner.Ask((name, value)))).Expect(200);
            Assert.StartsWith("/log-in", visitor.Path, StringComparison.Ordinal);
            Assert.NotEmpty(Partner.Heard(await visitor.Submit(new { email = ada.Email, password = Known.Password }, "/log-in"))["code"]);
        }
    }

    [Fact]
    public async Task Without_a_word_nobody_agrees()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, trusted: false);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);

        Assert.Equal("consent_required", Partner.Heard(await visitor.Open(partner.Ask(("prompt", "none"))))["error"]);
    }

    [Fact]
    public async Task Who_could_be_any_program_on_the_person_s_machine_is_asked_for_each_time()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        var asked = partner.Ask(("client_id", "crm-cli"), ("redirect_uri", "http://127.0.0.1:1/logged-in"));

        (await visitor.Open(asked)).Expect(200, "Let CrmPlatform on the command line act for you?");
        await visitor.Submit(new { decision = "agree" }, "/oauth/consent");
        Assert.StartsWith("http://127.0.0.1:1/logged-in?code=", visitor.Answer.Headers.Location!.OriginalString, StringComparison.Ordinal);

        (await visitor.Open(asked)).Expect(200, "Let CrmPlatform on the command line act for you?");
    }

    [Fact]
    public async Task The_machinery_is_for_those_who_run_the_installation()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person(roles: "administrator");
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        await visitor.Open(partner.Ask(("client_id", "crm-cli"), ("redirect_uri", "http://127.0.0.1:1/logged-in"), ("scope", "crm.read crm.ops")));
        await visitor.Submit(new { decision = "agree" }, "/oauth/consent");
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(visitor.Answer.Headers.Location!.Query)["code"].ToString();

        var tokens = (await partner.Send(
            HttpMethod.Post, "/oauth/token",
            new Dictionary<string, string?>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "crm-cli",
                ["code"] = code,
                ["code_verifier"] = partner.Verifier,
            },
            null)).Expect(200);

        Assert.Equal("crm.read", tokens["scope"]);
    }

    [Fact]
    public async Task A_client_is_for_the_people_of_its_company()
    {
        var crm = await TestCrm.Tenant();
        var eve = await crm.Another().Person();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);

        var heard = Partner.Heard(await visitor.LogIn(eve.Email, returnTo: partner.Ask()));

        Assert.Equal("access_denied", heard["error"]);
    }

    [Fact]
    public async Task A_revoked_client_sends_nobody_here()
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm);
        (await crm.Service("identity").Post($"/clients/{partner.Id}/revoke")).Expect(200);
        using var visitor = new Visitor(crm);

        (await visitor.Open(partner.Ask())).Expect(400, "This does not work");
    }
}
