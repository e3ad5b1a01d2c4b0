using System.Net.Http.Headers;
using CrmPlatform.Access;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

/// <summary>What there is to do with tokens besides getting them: ending (<see cref="RevokeConnection"/>), asking about them, asking with them.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_client_gives_back_a_refresh_token_and_its_connection_ends()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, other) = (await Partner.Of(crm), await Partner.Of(crm));
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);

        (await other.Post("/oauth/revoke", ("token", tokens["refresh_token"]))).Expect(200); // not its own: nothing happens
        var next = (await partner.Refresh(tokens["refresh_token"])).Expect(200);
        (await partner.Post("/oauth/revoke", ("token", next["refresh_token"]), ("token_type_hint", "refresh_token"))).Expect(200);

        (await partner.Refresh(next["refresh_token"])).Expect(400, "invalid_grant");
        (await partner.Post("/oauth/revoke", ("token", "unknown"))).Expect(200);
        (await partner.Post("/oauth/revoke")).Expect(400, "invalid_request");
    }

    [Fact]
    public async Task A_client_gives_back_an_access_token_and_its_connection_ends()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, roles: ["readOnly"]);
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);
        var own = (await partner.Token(("grant_type", "client_credentials"))).Expect(200);

        (await partner.Post("/oauth/revoke", ("token", tokens["access_token"]))).Expect(200);

        (await partner.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
        (await partner.Post("/oauth/revoke", ("token", own["access_token"]))).Expect(400, "unsupported_token_type");
    }

    [Fact]
    public async Task Somebody_ends_a_connection_and_everybody_hears_of_it()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        await using var bus = await crm.Listen("identity.connection.revoked");
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);
        var mine = crm.Service("identity");
        var id = (await mine.Get("/connections")).Expect(200)["items"][0].GetProperty("id").GetGuid();

        Assert.Equal("revoked", (await mine.Post($"/connections/{id}/revoke")).Expect(200)["endedBecause"].GetString());

        (await partner.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
        Assert.Equal("revoked", (await bus.Until(1, id))[0].Body.GetProperty("because").GetString());
        (await mine.Post("/connections", new { })).Expect(403);
    }

    [Fact]
    public async Task Somebody_sees_what_acts_for_them_beside_their_devices_and_ends_it_there()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob) = (await crm.Person(), await crm.Person());
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        using var other = new Visitor(crm);
        var tokens = (await partner.Redeem(await partner.Code(visitor, ada.Email))).Expect(200);
        var id = (await crm.Service("identity").Get("/connections")).Expect(200)["items"][0].GetProperty("id").GetGuid();

        await other.LogIn(bob.Email);
        Assert.DoesNotContain("Partner", (await other.Open("/account/devices")).Html, StringComparison.Ordinal);
        await partner.Redeem(Partner.Heard(await other.Open(partner.Ask()))["code"]);
        await other.Open("/account/devices");
        await other.Submit(new { program = id }, "/account/devices"); // is not theirs to end
        (await visitor.Open("/account/devices")).Expect(200, "Devices");
        Assert.Contains("Partner", visitor.Html, StringComparison.Ordinal);
        Assert.Contains("See what you may see", visitor.Html, StringComparison.Ordinal);
        (await visitor.Submit(new { program = id }, "/account/devices")).Expect(200, "Devices");

        Assert.Contains("No program acts for you", visitor.Html, StringComparison.Ordinal);
        (await partner.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
    }

    [Fact]
    public async Task A_server_of_the_company_learns_whether_a_token_is_good()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, open, foreign) = (await Partner.Of(crm), await Partner.Of(crm, kind: "public"), await Partner.Of(crm.Another()));
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);
        async Task<bool> Good(Partner asks, string token) =>
            (await asks.Post("/oauth/introspect", ("token", token))).Expect(200).Json.GetProperty("active").GetBoolean();

        var said = (await partner.Post("/oauth/introspect", ("token", tokens["access_token"]))).Expect(200);
        Assert.Equal(("True", ada.Id.ToString(), partner.ClientId), (said["active"], said["sub"], said["client_id"]));
        Assert.True(await Good(partner, tokens["refresh_token"]));
        Assert.False(await Good(foreign, tokens["access_token"]));
        Assert.False(await Good(foreign, tokens["refresh_token"]));
        Assert.False(await Good(partner, tokens["access_token"] + "x"));
        (await open.Post("/oauth/introspect", ("token", tokens["access_token"]))).Expect(403, "unauthorized_client");

        (await partner.Post("/oauth/revoke", ("token", tokens["refresh_token"]))).Expect(200);
        Assert.False(await Good(partner, tokens["access_token"]));
        Assert.False(await Good(partner, tokens["refresh_token"]));
    }

    [Fact]
    public async Task What_goes_on_without_a_sign_in_does_not_go_on_without_the_person()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        var tokens = (await partner.Redeem(await partner.Code(ada.Email, ("scope", "openid offline_access crm.read")))).Expect(200);

        (await crm.Service("identity").Post($"/users/{ada.Id}/deactivate", new { })).Expect(200);

        Assert.False((await partner.Post("/oauth/introspect", ("token", tokens["access_token"]))).Expect(200).Json.GetProperty("active").GetBoolean());
        (await partner.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
        await TestCrm.Eventually(async () => (await crm.Contacts.WithToken(tokens["access_token"]).Get("/contacts")).Expect(401, "token_revoked"));
    }

    [Fact]
    public async Task A_client_learns_who_somebody_is_as_far_as_was_agreed()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        async Task<Said> Asked(string scope)
        {
            var token = (await partner.Redeem(await partner.Code(ada.Email, ("scope", scope)))).Expect(200)["access_token"];
            return await partner.Send(HttpMethod.Get, "/oauth/userinfo", null, new AuthenticationHeaderValue("Bearer", token));
        }

        var all = (await Asked("openid profile email")).Expect(200);
        Assert.Equal((ada.Id.ToString(), "Ada Lovelace", ada.Email), (all["sub"], all["name"], all["email"]));
        Assert.False((await Asked("openid")).Expect(200).Json.TryGetProperty("email", out _));
        (await Asked("crm.read")).Expect(403, "insufficient_scope");
        (await partner.Send(HttpMethod.Get, "/oauth/userinfo", null, null)).Expect(401);
    }

    [Fact]
    public async Task A_client_logs_somebody_out_with_the_token_of_who_they_are()
    {
        var crm = await TestCrm.Tenant();
        var (ada, ben) = (await crm.Person(), await crm.Person());
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        var mine = (await partner.Redeem(await partner.Code(visitor, ada.Email))).Expect(200)["id_token"];
        var another = (await partner.Redeem(await partner.Code(ben.Email))).Expect(200)["id_token"];
        string Out(string? hint, string after) => $"/oauth/log-out?state=s&post_logout_redirect_uri={Uri.EscapeDataString(after)}&id_token_hint={hint}";

        (await visitor.Open(Out(null, "https://partner.example/bye"))).Expect(200, "Log out?");
        (await visitor.Open(Out(another, "https://partner.example/bye"))).Expect(200, "Log out?");
        Assert.NotEmpty(Partner.Heard(await visitor.Open(partner.Ask()))["code"]);
        await visitor.Open(Out(mine, "https://partner.example/bye"));
        Assert.Equal("https://partner.example/bye?state=s", visitor.Answer.Headers.Location!.OriginalString);
        await visitor.Open(partner.Ask());
        Assert.StartsWith("/log-in", visitor.Path, StringComparison.Ordinal);

        var again = (await partner.Redeem(await partner.Code(visitor, ada.Email))).Expect(200)["id_token"];
        await visitor.Open(Out(again, "https://evil.example/bye"));
        Assert.StartsWith("/log-in", visitor.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_token_is_for_its_client_and_opens_no_door()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        var tokens = (await partner.Redeem(await partner.Code(ada.Email, ("scope", "openid profile")))).Expect(200);

        var said = System.Text.Json.JsonDocument.Parse(Jws.Open(tokens["id_token"], "JWT", crm.Home.Get<KeyRing>("identity"))!).RootElement;

        Assert.Equal((partner.Issuer, partner.ClientId, "the nonce"), (Text("iss"), Text("aud"), Text("nonce")));
        Assert.Equal((ada.Id.ToString(), "Ada Lovelace"), (Text("sub"), Text("name")));
        (await crm.Contacts.WithToken(tokens["id_token"]).Get("/contacts")).Expect(401, "token_invalid");
        string? Text(string name) => said.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("https://app.example/back", true)]
    [InlineData("http://127.0.0.1/back", true)]
    [InlineData("http://[::1]:4000/back", true)]
    [InlineData("com.example.app:/back", true)]
    [InlineData("http://app.example/back", false)]
    [InlineData("http://localhost/back", false)]
    [InlineData("https://app.example/back#here", false)]
    [InlineData("https://*.app.example/back", false)]
    [InlineData("https://ada:secret@app.example/back", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/back", false)]
    public void A_client_names_addresses_that_nobody_else_can_read(string uri, bool good) => Assert.Equal(good, RedirectUris.MayBeKept(uri));

    [Theory]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1:53682/back", true)]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1:53682/other", false)]
    [InlineData("http://127.0.0.1/back", "http://127.0.0.1.evil.example/back", false)]
    [InlineData("http://127.0.0.1/back", "https://127.0.0.1/back", false)]
    [InlineData("https://app.example/back", "https://app.example:8443/back", false)]
    [InlineData("https://app.example/back", "https://app.example/back/", false)]
    public void On_the_person_s_own_machine_the_port_may_differ_and_nothing_else(string kept, string asked, bool good) =>
        Assert.Equal(good, RedirectUris.IsOneOf([kept], asked));
}
