using System.Net.Http.Headers;
using System.Text;
using CrmPlatform.Access;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

/// <summary>
/// What clients get tokens for, with which secrets (<see cref="IssueClientSecret"/>, <see cref="ReadClientSecrets"/>, <see cref="RevokeClient"/>).
/// </summary>
public sealed class TokenDoorTests
{
    [Fact]
    public async Task An_access_token_says_who_it_is_for_ten_minutes()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person(roles: ["sales", "support"]);
        var partner = await Partner.Of(crm);

        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);

        Caller? known = null; // the key reaches the other services a moment after it was made
        await TestCrm.Eventually(() => Assert.NotNull(known = crm.Home.Get<TokenCheck>("contacts").Check(tokens["access_token"]).Caller));
        var caller = known!;
        Assert.Equal((crm.Id, ada.Id.ToString(), "Ada Lovelace"), (caller.Tenant, caller.Actor.Id, caller.Actor.Name));
        Assert.Equal(["sales", "support"], caller.Roles);
        Assert.Equal(["crm.read", "openid"], caller.Scopes.Order());
        Assert.Equal(("pwd", partner.ClientId, ada.Version), (caller.Methods[0], caller.Client, caller.Version));
        Assert.NotNull(caller.Source);
        Assert.NotNull(caller.Connection);
        Assert.InRange(int.Parse(tokens["expires_in"]), 590, 600);
        Assert.Equal("Bearer", tokens["token_type"]);
    }

    [Fact]
    public async Task A_code_is_good_once_and_who_brings_it_again_ends_what_came_of_it()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        await using var bus = await crm.Listen("identity.connection.revoked");
        var code = await partner.Code(ada.Email);
        var tokens = (await partner.Redeem(code)).Expect(200);

        (await partner.Redeem(code)).Expect(400, "invalid_grant");

        (await partner.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
        var connection = (await crm.Service("identity").Get("/connections")).Expect(200)["items"][0];
        Assert.Equal("reused", connection.GetProperty("endedBecause").GetString());
        await bus.Until(1, connection.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_code_is_for_who_asked_with_the_verifier_within_a_minute()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, other) = (await Partner.Of(crm), await Partner.Of(crm));
        var code = await partner.Code(ada.Email);

        (await other.Redeem(code, ("code_verifier", partner.Verifier))).Expect(400, "invalid_grant");
        (await partner.Redeem(code, ("code_verifier", other.Verifier))).Expect(400, "invalid_grant");
        (await partner.Redeem(code, ("code_verifier", partner.Challenge))).Expect(400, "invalid_grant");
        (await partner.Redeem(code, ("code_verifier", null))).Expect(400, "invalid_request");
        (await partner.Redeem(code, ("redirect_uri", "https://partner.example/other"))).Expect(400, "invalid_grant");
        (await partner.Redeem(code[..^1] + (code[^1] == 'A' ? 'B' : 'A'))).Expect(400, "invalid_grant");
        (await partner.Redeem("co_rubbish")).Expect(400, "invalid_grant");
        await crm.Sql("identity", As.Service).For(crm.Id).Execute("update oauth_code set ends_at = now() - interval '1 second'");
        (await partner.Redeem(code)).Expect(400, "invalid_grant");
        await crm.Sql("identity", As.Service).For(crm.Id).Execute("update oauth_code set ends_at = now() + interval '9 seconds'");
        (await partner.Redeem(code)).Expect(200);
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_one_that_comes_again_ends_the_whole_family()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm, kind: "public");
        var first = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);

        var second = (await partner.Refresh(first["refresh_token"])).Expect(200);
        var third = (await partner.Refresh(second["refresh_token"])).Expect(200);
        Assert.Equal(3, new[] { first, second, third }.Select(t => t["refresh_token"]).Distinct().Count());
        (await partner.Refresh(first["refresh_token"])).Expect(400, "invalid_grant");

        (await partner.Refresh(third["refresh_token"])).Expect(400, "invalid_grant");
        (await partner.Refresh(second["refresh_token"])).Expect(400, "invalid_grant");
    }

    [Fact]
    public async Task Of_two_that_bring_a_refresh_token_at_once_one_gets_tokens()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => partner.Refresh(tokens["refresh_token"])));

        Assert.Equal([200, 400], both.Select(said => (int)said.Status).Order());
    }

    [Fact]
    public async Task A_refresh_token_gives_its_client_no_more_than_was_agreed_to()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, other) = (await Partner.Of(crm), await Partner.Of(crm));
        var tokens = (await partner.Redeem(await partner.Code(ada.Email))).Expect(200);

        (await other.Refresh(tokens["refresh_token"])).Expect(400, "invalid_grant");
        (await partner.Refresh(tokens["refresh_token"], ("scope", "crm.read crm.write"))).Expect(400, "invalid_scope");
        var less = (await partner.Refresh(tokens["refresh_token"], ("scope", "openid"))).Expect(200);

        Assert.Equal("openid", less["scope"]);
        (await crm.Contacts.WithToken(less["access_token"]).Get("/contacts")).Expect(403, "scope_missing");
    }

    [Fact]
    public async Task Who_logs_out_takes_along_what_was_to_end_with_them_and_leaves_what_was_to_go_on()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var partner = await Partner.Of(crm);
        using var visitor = new Visitor(crm);
        var ends = (await partner.Redeem(await partner.Code(visitor, ada.Email))).Expect(200);
        var goesOn = (await partner.Redeem(Partner.Heard(await visitor.Open(partner.Ask(("scope", "openid offline_access"))))["code"])).Expect(200);

        await using (var session = crm.Home.Get<PageSessions>("identity").Begin(crm.Id, TestContext.Current.CancellationToken))
        {
            await LogIns.EndAll(session, ada.Id, "revoked");
            await session.Commit();
        }

        (await partner.Refresh(ends["refresh_token"])).Expect(400, "invalid_grant");
        (await partner.Refresh(goesOn["refresh_token"])).Expect(200);
    }

    [Fact]
    public async Task A_client_has_to_show_its_secret_in_one_way()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        var (partner, open) = (await Partner.Of(crm), await Partner.Of(crm, kind: "public"));
        var code = await partner.Code(ada.Email);
        AuthenticationHeaderValue Basic(string id, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        Task<Said> As(AuthenticationHeaderValue? who, string? id, string? secret) => partner.Send(
            HttpMethod.Post, "/oauth/token", new Dictionary<string, string?>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["code_verifier"] = partner.Verifier,
                ["client_id"] = id,
                ["client_secret"] = secret,
            }, who);

        (await As(null, partner.ClientId, null)).Expect(401, "invalid_client");
        (await As(null, partner.ClientId, "cs_wrong")).Expect(401, "invalid_client");
        (await As(Basic(partner.ClientId, "cs_wrong"), null, null)).Expect(401, "invalid_client");
        (await As(Basic("c_nobody", partner.Secret!), null, null)).Expect(401, "invalid_client");
        (await As(Basic(partner.ClientId, partner.Secret!), open.ClientId, null)).Expect(401, "invalid_client");
        (await As(Basic(partner.ClientId, partner.Secret!), null, partner.Secret)).Expect(400, "invalid_request");
        (await As(new AuthenticationHeaderValue("Basic", "%%%"), null, null)).Expect(401, "invalid_client");
        (await As(null, open.ClientId, partner.Secret)).Expect(401, "invalid_client");
        (await As(null, partner.ClientId, partner.Secret)).Expect(200);
    }

    [Fact]
    public async Task A_request_of_no_known_form_is_refused_in_the_words_of_the_specification()
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm);

        (await partner.Token(("grant_type", "password"), ("username", "a"), ("password", "b"))).Expect(400, "unsupported_grant_type");
        (await partner.Token(("code", "co_x"))).Expect(400, "invalid_request");
        (await partner.Send(HttpMethod.Post, "/oauth/token", null, null)).Expect(400, "invalid_request");
        var twice = new[] { "client_credentials", "password" }.Select(grant => KeyValuePair.Create<string, string?>("grant_type", grant));
        (await partner.Send(HttpMethod.Post, "/oauth/token", twice, null)).Expect(400, "invalid_request");
    }

    [Fact]
    public async Task A_client_acts_for_itself_as_far_as_its_roles_go()
    {
        var crm = await TestCrm.Tenant();
        var (partner, open) = (await Partner.Of(crm, roles: ["readOnly"]), await Partner.Of(crm, kind: "public"));

        var tokens = (await partner.Token(("grant_type", "client_credentials"))).Expect(200);

        Assert.False(tokens.Json.TryGetProperty("refresh_token", out _));
        var contacts = crm.Contacts.WithToken(tokens["access_token"]);
        (await contacts.Get("/contacts")).Expect(200);
        (await contacts.Post("/contacts", new { lastName = "Lovelace" })).Expect(403, "not_allowed");
        Assert.Equal("crm.read", (await partner.Token(("grant_type", "client_credentials"), ("scope", "crm.read"))).Expect(200)["scope"]);
        (await partner.Token(("grant_type", "client_credentials"), ("scope", "crm.ops"))).Expect(400, "invalid_scope");
        (await partner.Token(("grant_type", "client_credentials"), ("scope", "openid"))).Expect(400, "invalid_scope");
        (await open.Token(("grant_type", "client_credentials"))).Expect(400, "unauthorized_client");
    }

    [Fact]
    public async Task A_secret_is_renewed_while_the_old_one_goes_on_for_a_while()
    {
        var crm = await TestCrm.Tenant();
        var partner = await Partner.Of(crm, roles: ["readOnly"]);
        var identity = crm.Service("identity");
        Task<Said> With(string secret) => partner.Token(("grant_type", "client_credentials"), ("client_id", partner.ClientId), ("client_secret", secret));

        var next = (await identity.Post($"/clients/{partner.Id}/issue", new { overlapMinutes = 5 })).Expect(200)["secret"].GetString()!;
        (await With(partner.Secret!)).Expect(200);
        (await With(next)).Expect(200);
        Assert.Equal(2, (await identity.Get($"/clients/{partner.Id}/secrets")).Expect(200).Body.GetArrayLength());
        var last = (await identity.Post($"/clients/{partner.Id}/issue", new { })).Expect(200)["secret"].GetString()!;

        (await With(partner.Secret!)).Expect(401, "invalid_client");
        (await With(next)).Expect(401, "invalid_client");
        (await With(last)).Expect(200);
    }
}
