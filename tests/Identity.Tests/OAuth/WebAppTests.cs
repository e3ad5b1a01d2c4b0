using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

/// <summary>The web app as a client: a script on a page of the edge, which has the browser's cookies and follows redirects without showing them.</summary>
public sealed class WebAppTests
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-everybody-43";

    [Fact]
    public async Task Who_is_logged_in_has_a_token_without_seeing_a_page_and_without_being_asked()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        using var app = await Script(crm, visitor);

        var first = await Token(crm, app, (await Silently(crm, app))["code"]!);
        var again = await Token(crm, app, (await Silently(crm, app))["code"]!);

        Assert.Equal("openid crm.read crm.write", string.Join(' ', first["scope"]!.Split(' ').Order().OrderBy(s => s != "openid")));
        var who = crm.Service("identity").WithToken(again["access_token"]!);
        await TestCrm.Eventually(async () => // as soon as the service has heard of the key
            Assert.Equal(ada.Email, (await who.Get($"/users/{ada.Id}")).Expect(200)["email"].GetString()));
        Assert.Equal(1, (await crm.Service("identity").Get("/connections?filter=clientId = \"crm-web\"&include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task Who_is_not_logged_in_is_told_so_at_the_app_s_own_address()
    {
        var crm = await TestCrm.Tenant();
        using var nobody = new Visitor(crm);
        using var app = await Script(crm, nobody);

        var heard = await Silently(crm, app);

        Assert.Equal("login_required", heard["error"]);
        Assert.Equal("the state", heard["state"]);
        Assert.Equal(crm.Home.Settings.Issuer, heard["iss"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/logged-in")]
    [InlineData("https://elsewhere.example/logged-in")]
    [InlineData("{issuer}/elsewhere")]
    public async Task Its_codes_go_nowhere_else(string address)
    {
        var crm = await TestCrm.Tenant();
        using var visitor = new Visitor(crm);

        (await visitor.Open(Asked(crm, address.Replace("{issuer}", crm.Home.Settings.Issuer, StringComparison.Ordinal)))).Expect(400, "This does not work");
    }

    [Fact]
    public async Task It_gets_no_hold_of_the_machinery()
    {
        var crm = await TestCrm.Tenant();
        using var nobody = new Visitor(crm);
        using var app = await Script(crm, nobody);

        Assert.Equal("invalid_scope", (await Silently(crm, app, "openid crm.ops"))["error"]);
    }

    [Fact]
    public async Task Who_logs_out_comes_back_to_it()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Person();
        using var visitor = new Visitor(crm);
        await visitor.LogIn(ada.Email);
        using var app = await Script(crm, visitor);
        var token = await Token(crm, app, (await Silently(crm, app))["code"]!);

        await visitor.Open(QueryHelpers.AddQueryString("/oauth/log-out", new Dictionary<string, string?>
        {
            ["id_token_hint"] = token["id_token"],
            ["post_logout_redirect_uri"] = $"{crm.Home.Settings.Issuer}/",
        }));

        Assert.Equal($"{crm.Home.Settings.Issuer}/", visitor.Answer.Headers.Location!.OriginalString);
        Assert.Equal("login_required", (await Silently(crm, app))["error"]);
    }

    private static async Task<HttpClient> Script(TestCrm crm, Visitor browser)
    {
        // Once the edge has found identity.
        await TestCrm.Eventually(async () => (await crm.Service("edge").Look("/.well-known/openid-configuration")).Expect(200));
        var cookies = new CookieContainer();
        foreach (Cookie cookie in browser.Cookies)
            cookies.Add(crm.Service("edge").Address, new Cookie(cookie.Name, cookie.Value, "/"));
        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = crm.Service("edge").Address };
    }

    private static string Asked(TestCrm crm, string back, string scope = "openid crm.read crm.write") =>
        QueryHelpers.AddQueryString("/oauth/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = "crm-web",
            ["redirect_uri"] = back,
            ["response_type"] = "code",
            ["scope"] = scope,
            ["state"] = "the state",
            ["prompt"] = "none",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        });

    // fetch("/oauth/authorize?…&prompt=none"), then what stands in the address it ended at.
    private static async Task<Dictionary<string, string?>> Silently(TestCrm crm, HttpClient app, string scope = "openid crm.read crm.write")
    {
        var back = $"{crm.Home.Settings.Issuer}/logged-in";
        using var request = new HttpRequestMessage(HttpMethod.Get, Asked(crm, back, scope))
        {
            Headers = { { "Sec-Fetch-Site", "same-origin" }, { "Sec-Fetch-Mode", "cors" }, { "Sec-Fetch-Dest", "empty" } },
        };
        using var answer = await app.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.StartsWith(back, $"{answer.RequestMessage!.RequestUri}", StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(answer.RequestMessage.RequestUri!.Query).ToDictionary(p => p.Key, p => (string?)p.Value.ToString());
    }

    private static async Task<Dictionary<string, string?>> Token(TestCrm crm, HttpClient app, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = "crm-web",
                ["code"] = code,
                ["redirect_uri"] = $"{crm.Home.Settings.Issuer}/logged-in",
                ["code_verifier"] = Verifier,
            }),
            Headers = { { "Origin", crm.Home.Settings.Issuer }, { "Sec-Fetch-Site", "same-origin" } },
        };
        using var answer = await app.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (string?)p.Value.ToString());
    }
}
