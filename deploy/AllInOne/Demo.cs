using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Verbs;

namespace CrmPlatform.AllInOne;

/// <summary>Fills the demo tenant, through the same door its users take.</summary>
internal static class Demo
{
    public static readonly Verb Seed = new("seed", "fill the demo tenant, once", Run);

    private const int Companies = 40;
    private const int People = 300;

    // Not random: every demo tenant looks the same, so that a screenshot or a question has an answer.
    private static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{settings.Port}/api/v1/") };
        var token = TokenVerb.Issue(
            settings, TokenVerb.DemoTenant, "Demo Administrator", ["crm.read", "crm.write"], TimeSpan.FromMinutes(10), plan: "internal");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var known = await http.GetFromJsonAsync<JsonElement>("accounts?limit=1");
        if (known.GetProperty("items").GetArrayLength() > 0)
        {
            Console.WriteLine("The demo tenant has its data already.");
            return 0;
        }
        var accounts = new string[Companies];
        for (var i = 0; i < Companies; i++)
            accounts[i] = await Enter(http, "accounts", Company(i));
        for (var i = 0; i < People; i++)
            await Enter(http, "contacts", Person(i, i % 12 == 11 ? null : accounts[i * 7 % Companies]));
        Console.WriteLine($"The demo tenant has {Companies} companies and {People} people now.");
        return 0;
    }

    // The key makes a seed that was cut off and runs again enter everything once.
    private static async Task<string> Enter(HttpClient http, string noun, object what)
    {
        var body = JsonSerializer.Serialize(what, what.GetType(), JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, noun) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body));
        request.Headers.Add("Idempotency-Key", $"demo {noun} {Convert.ToHexStringLower(digest)}");
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!
            : throw new SettingsException($"The demo data was refused: {(int)answer.StatusCode} {text}");
    }

    private static object Company(int i)
    {
        var name = $"{DemoWords.Founders[i % DemoWords.Founders.Length]} {DemoWords.Trades[i * 3 % DemoWords.Trades.Length].Name}";
        return new
        {
            name,
            domain = $"{name.ToLowerInvariant().Replace(" & ", "-", StringComparison.Ordinal).Replace(' ', '-')}.example",
            industry = DemoWords.Trades[i * 3 % DemoWords.Trades.Length].Industry,
            employees = 8 + (i * i * 37 % 4200),
        };
    }

    private static object Person(int i, string? accountId)
    {
        var first = DemoWords.First[i * 11 % DemoWords.First.Length];
        var last = DemoWords.Last[(i * 7 + i / DemoWords.Last.Length) % DemoWords.Last.Length];
        return new
        {
            firstName = first,
            lastName = last,
            email = $"{first}.{last}{i}@mail.example".ToLowerInvariant(),
            phone = $"+4930{5550000 + i}",
            jobTitle = DemoWords.Jobs[i * 5 % DemoWords.Jobs.Length],
            accountId,
            tags = i % 9 == 0 ? new[] { "vip" } : i % 4 == 0 ? ["newsletter"] : Array.Empty<string>(),
        };
    }
}
