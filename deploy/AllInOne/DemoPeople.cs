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

    /// <summary>Who sells, and who answers for it, are a team; what the demo company works at is theirs by turns, and of some nobody's yet.</summary>
    public static async Task<DemoOwners> Team(HttpClient http)
    {
        var users = (await http.GetFromJsonAsync<JsonElement>("users?limit=50")).GetProperty("items").EnumerateArray()
            .ToDictionary(u => u.GetProperty("email").GetString()!, u => u.GetProperty("id").GetGuid());
        var (sales, manager) = (users["sales@demo.example"], users["manager@demo.example"]);
        var known = (await http.GetFromJsonAsync<JsonElement>("teams?filter=name = \"Sales\"")).GetProperty("items");
        var team = known.GetArrayLength() > 0 ? known[0].GetProperty("id").GetGuid() : await Enter(http, "teams", new { name = "Sales" });
        foreach (var user in (Guid[])[sales, manager])
        {
            using var answer = await http.PatchAsJsonAsync($"users/{user}", new { teams = new[] { team } });
            if (!answer.IsSuccessStatusCode)
                throw new SettingsException($"{user} could not join the team: {await answer.Content.ReadAsStringAsync()}");
        }
        return new DemoOwners(sales, manager, team);
    }

    private static async Task<Guid> Enter(HttpClient http, string noun, object what)
    {
        using var answer = await http.PostAsJsonAsync(noun, what);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? body.GetProperty("id").GetGuid() : throw new SettingsException($"The demo {noun} were refused: {body}");
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

/// <summary>Whose what is in the demo company.</summary>
internal sealed record DemoOwners(Guid Sales, Guid Manager, Guid Team)
{
    /// <summary>Whose the one of a number is: of three one is the seller's, one the manager's, one nobody's.</summary>
    public Guid? Of(int i) => i % 3 == 0 ? Sales : i % 3 == 1 ? Manager : null;

    /// <summary>Whose team's.</summary>
    public Guid? TeamOf(int i) => Of(i) is null ? null : Team;
}
