using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Identity.Tests.Pages;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace CrmPlatform.Identity.Tests.OAuth;

/// <summary>A client of a test's company, and the protocol as it speaks it: word for word, so that it can also speak it wrongly.</summary>
internal sealed class Partner
{
    public const string Back = "https://partner.example/back";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private Partner(TestCrm crm, Guid id, string clientId, string? secret) => (Crm, Id, ClientId, Secret) = (crm, id, clientId, secret);

    public TestCrm Crm { get; }

    public Guid Id { get; }

    public string ClientId { get; }

    public string? Secret { get; }

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public string Issuer => Crm.Home.Settings.Issuer;

    private Door Identity => Crm.Service("identity");

    public static async Task<Partner> Of(TestCrm crm, string kind = "confidential", bool trusted = true, string[]? roles = null)
    {
        var identity = crm.Service("identity");
        var made = (await identity.Post("/clients", new
        {
            name = "Partner",
            kind,
            redirectUris = new[] { Back },
            postLogoutRedirectUris = new[] { "https://partner.example/bye" },
            scopes = new[] { "openid", "profile", "email", "offline_access", "crm.read", "crm.write" },
            roles = roles ?? [],
            trusted,
        })).Expect(201);
        var secret = kind == "public" ? null
            : (await identity.Post($"/clients/{made.Id}/issue", new { })).Expect(200)["secret"].GetString();
        return new Partner(crm, made.Id, made["clientId"].GetString()!, secret);
    }

    /// <summary>The request for a code, with what is otherwise than usual; null leaves it out.</summary>
    public string Ask(params (string Name, string? Value)[] otherwise)
    {
        var asked = new Dictionary<string, string?>
        {
            ["client_id"] = ClientId,
            ["redirect_uri"] = Back,
            ["response_type"] = "code",
            ["scope"] = "openid crm.read",
            ["state"] = "the state",
            ["nonce"] = "the nonce",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in otherwise)
            asked[name] = value;
        return QueryHelpers.AddQueryString("/oauth/authorize", asked.Where(a => a.Value is not null));
    }

    /// <summary>What the client hears back, as parameters.</summary>
    public static Dictionary<string, string> Heard(Visitor visitor)
    {
        Assert.True(visitor.Status is 302 or 303, $"{visitor.Status} {visitor.Title} {visitor.Html}");
        var location = visitor.Answer.Headers.Location!;
        Assert.StartsWith(Back, location.OriginalString, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(location.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    /// <summary>Somebody logs in and goes back with a code.</summary>
    public async Task<string> Code(string email, params (string Name, string? Value)[] otherwise)
    {
        using var visitor = new Visitor(Crm);
        return await Code(visitor, email, otherwise);
    }

    public async Task<string> Code(Visitor visitor, string email, params (string Name, string? Value)[] otherwise) =>
        Heard(await visitor.LogIn(email, returnTo: Ask(otherwise)))["code"];

    /// <summary>Tokens for a code.</summary>
    public Task<Said> Redeem(string code, params (string Name, string? Value)[] otherwise) =>
        Token([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Back), ("code_verifier", Verifier), .. otherwise]);

    public Task<Said> Refresh(string token, params (string Name, string? Value)[] otherwise) =>
        Token([("grant_type", "refresh_token"), ("refresh_token", token), .. otherwise]);

    public Task<Said> Token(params (string Name, string? Value)[] form) => Post("/oauth/token", form);

    /// <summary>Sends a form as this client.</summary>
    public Task<Said> Post(string path, params (string Name, string? Value)[] form)
    {
        var fields = form.GroupBy(f => f.Name).ToDictionary(f => f.Key, f => f.Last().Value);
        if (Secret is null)
            fields.TryAdd("client_id", ClientId);
        return Send(HttpMethod.Post, path, fields, Secret is null || fields.ContainsKey("client_secret") ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Secret}"))));
    }

    public async Task<Said> Send(HttpMethod method, string path, IEnumerable<KeyValuePair<string, string?>>? form, AuthenticationHeaderValue? who)
    {
        using var request = new HttpRequestMessage(method, new Uri(Identity.Address, path));
        request.Headers.Authorization = who;
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!)));
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Said(answer.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default, text);
    }
}

/// <summary>An answer of the protocol.</summary>
internal sealed record Said(HttpStatusCode Status, JsonElement Json, string Text)
{
    public string this[string name] => Json.GetProperty(name).ToString();

    public Said Expect(int status, string? error = null)
    {
        Assert.True((int)Status == status && (error is null || this["error"] == error), $"Expected {status} {error}, but it is {(int)Status} {Text}");
        return this;
    }
}
