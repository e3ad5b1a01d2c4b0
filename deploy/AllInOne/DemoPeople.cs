using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Access.Roles;
using CrmPlatform.Hosting;

namespace CrmPlatform.AllInOne;

/// <summary>The people of the demo company, one for each ready-made role. They come in as everybody does: by signing up, by invitation, by mail.</summary>
internal static partial class DemoPeople
{
    public const string Administrator = "administrator@demo.example";

    private const string Company = "Demo Company";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The company signs up; a token of its administrator.</summary>
    public static async Task<string> SignUp(Settings settings)
    {
        if (await Token(settings) is { } known)
            return known;
        using var browser = new Browser(new Uri(settings.Issuer));
        var since = TimeProvider.System.GetUtcNow();
        await browser.Open("/sign-up");
        await browser.Submit("/sign-up", ("company", Company), ("name", NameOf(ReadyMade.Administrator.Name)), ("email", Administrator));
        await Begin(settings, browser, Administrator, since);
        return await Token(settings) ?? throw new SettingsException($"The demo company could not sign up: {browser.Trouble}");
    }

    /// <summary>The others are invited, and come.</summary>
    public static async Task Invite(Settings settings, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"{settings.Issuer}/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var role in ReadyMade.Roles.Keys.Order(StringComparer.Ordinal).Where(role => role != ReadyMade.Administrator.Name))
        {
            var (email, since) = ($"{role.ToLowerInvariant()}@demo.example", TimeProvider.System.GetUtcNow());
            var known = (await http.GetFromJsonAsync<JsonElement>($"users?filter=email = \"{email}\"")).GetProperty("items");
            if (known.GetArrayLength() > 0 && known[0].GetProperty("status").GetString() != "invited")
                continue;
            using var answer = known.GetArrayLength() == 0
                ? await http.PostAsJsonAsync("users", new { email, name = NameOf(role), roles = new[] { role } })
                : await http.PostAsJsonAsync($"users/{known[0].GetProperty("id")}/invite", new { });
            if (!answer.IsSuccessStatusCode)
                throw new SettingsException($"{email} could not be invited: {await answer.Content.ReadAsStringAsync()}");
            using var browser = new Browser(new Uri(settings.Issuer));
            await Begin(settings, browser, email, since);
        }
    }

    private static Task<string?> Token(Settings settings) => DemoLogIn.For(settings, Administrator, "crm.read crm.write");

    private static async Task Begin(Settings settings, Browser browser, string email, DateTimeOffset since)
    {
        await browser.Open(await Mailed(settings, email, since));
        await browser.Submit("/welcome", ("password", settings.DemoPassword));
        if (browser.Trouble.Length > 0)
            throw new SettingsException($"{email} could not begin: {browser.Trouble}");
    }

    // The newest: what was mailed before opens nothing any more.
    private static async Task<string> Mailed(Settings settings, string email, DateTimeOffset since)
    {
        var folder = settings.Mail ?? throw new SettingsException("CRM_MAIL is not set: the demo people read their mail there.");
        for (var deadline = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < deadline; await Task.Delay(100))
        {
            var mails = !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal)
                .Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file)));
            var mail = mails.FirstOrDefault(m => m.GetProperty("to").GetString() == email && m.GetProperty("at").GetDateTimeOffset() >= since.AddSeconds(-1));
            if (mail.ValueKind == JsonValueKind.Object && Link.Match(mail.GetProperty("text").GetString()!) is { Success: true } link)
                return link.Value;
        }
        throw new SettingsException($"No mail for {email} has come to {folder}.");
    }

    private static string NameOf(string role) => $"Demo {char.ToUpperInvariant(role[0])}{role[1..]}";

    [GeneratedRegex(@"/welcome\?\S+")]
    private static partial Regex Link { get; }
}
