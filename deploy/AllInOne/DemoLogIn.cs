using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Verbs;

namespace CrmPlatform.AllInOne;

/// <summary>Logs in as one of the demo people, as any program on somebody's own machine would: a code, its verifier, a token for ten minutes.</summary>
internal static class DemoLogIn
{
    public static readonly Verb Token = new("token", "log in as somebody of the demo company and print the access token: [--user E-MAIL] [--scope S]…", Print);

    private const string Client = "crm-cli", Back = "http://127.0.0.1/logged-in";

    private static async Task<int> Print(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var (users, rest) = Verb.Option(arguments, "--user");
        var (scopes, others) = Verb.Option(rest, "--scope");
        if (others.Length > 0)
            throw new SettingsException($"token does not know '{others[0]}'.");
        var email = users is [.., var user] ? user : DemoPeople.Administrator;
        var asked = scopes.Count > 0 ? string.Join(' ', scopes) : "crm.read crm.write crm.ops";
        Console.WriteLine(await For(settings, email, asked) ?? throw new SettingsException($"{email} cannot log in: is this one of the demo people?"));
        return 0;
    }

    /// <summary>An access token for somebody; null where the platform does not know them by the demo password.</summary>
    public static async Task<string?> For(Settings settings, string email, string scopes)
    {
        var home = new Uri(settings.Issuer);
        using var browser = new Browser(home);
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        await browser.Open(
            $"/oauth/authorize?response_type=code&client_id={Client}&redirect_uri={Uri.EscapeDataString(Back)}&scope={Uri.EscapeDataString(scopes)}"
            + $"&code_challenge={challenge}&code_challenge_method=S256");
        await browser.Submit("/log-in", ("email", email), ("password", settings.DemoPassword));
        if (browser.Page.Contains("/oauth/consent", StringComparison.Ordinal))
            await browser.Submit("/oauth/consent", ("decision", "agree"));
        if (!browser.At.AbsoluteUri.StartsWith(Back, StringComparison.Ordinal))
            return null;
        var heard = HttpUtility.ParseQueryString(browser.At.Query);
        if (heard["error"] is { } error)
            throw new SettingsException($"{email}: {error}. {heard["error_description"]}");

        using var http = new HttpClient { BaseAddress = home };
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("client_id", Client), new("redirect_uri", Back), new("code", heard["code"]!),
            new("code_verifier", verifier),
        ]);
        using var answer = await http.PostAsync(new Uri("/oauth/token", UriKind.Relative), form);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? tokens.GetProperty("access_token").GetString() : throw new SettingsException($"The log-in was refused: {tokens}");
    }
}
