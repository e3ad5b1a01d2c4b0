using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Verbs;

namespace CrmPlatform.AllInOne;

/// <summary>Signs the demo company up and fills it, through the same doors its users take.</summary>
internal static class Demo
{
    public static readonly Verb Seed = new("seed", "sign the demo company up and fill it, once", Run);

    private const int Companies = 40;
    private const int People = 300;
    private static readonly string[] Billed = ["contacts.account.*", "pipeline.deal.won"];

    // Not random: every demo tenant looks the same, so that a screenshot or a question has an answer.
    private static async Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        if (settings.Mail is null)
        {
            Console.WriteLine("CRM_MAIL is not set: the demo people could not read their mail, so nobody signs up.");
            return 0;
        }
        var token = await DemoPeople.SignUp(settings);
        await DemoPeople.Invite(settings, token);
        using var http = new HttpClient { BaseAddress = new Uri($"{settings.Issuer}/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var known = await http.GetFromJsonAsync<JsonElement>("accounts?limit=1");
        if (known.GetProperty("items").GetArrayLength() > 0)
        {
            Console.WriteLine("The demo company has its data already.");
            return 0;
        }
        var owners = await DemoPeople.Team(http);
        await Enter(http, "roles", FieldSales);
        await Enter(http, "contacts/fields", new { name = "age", label = "Age", kind = "formula", formula = "floor(datediff(birthday, today) / 365.25)" });
        await Enter(http, "accounts/fields", new { name = "people", label = "People", kind = "rollUp", list = "contacts", function = "count" });
        var accounts = new string[Companies];
        for (var i = 0; i < Companies; i++)
            accounts[i] = await Enter(http, "accounts", Company(i, i % 8 == 7 ? accounts[i - 7] : null, owners));
        var people = new string[People];
        for (var i = 0; i < People; i++)
        {
            // The first of a company is its head; the others report to them.
            var alone = i % 12 == 11;
            var (employer, head) = (alone ? null : accounts[i * 7 % Companies], alone || i < Companies ? null : people[i % Companies]);
            people[i] = await Enter(http, "contacts", Person(i, employer, head, owners));
            if (i % 4 != 1)
                await Enter(http, "consents", Answer(i, people[i]));
            if (i % 25 == 24)
                await Enter(http, "accountContacts", Part(people[i], accounts[(i * 7 + 3) % Companies]));
            if (i % 20 == 19)
                await Enter(http, "contactRelations", new { contactId = people[i], kind = "assistant", relatedId = people[i - 1] });
        }
        await DemoLeads.Enter((noun, what) => Enter(http, noun, what), owners);
        await DemoDeals.Enter((noun, what) => Enter(http, noun, what), pipeline => Stages(http, pipeline), accounts, people, owners);
        // There is nobody at its address: it is paused, so that what happens waits for whoever says another one.
        var webhook = await Enter(http, "webhooks", new
        {
            name = "Billing",
            url = "https://hooks.example.com/crm",
            events = Billed,
            order = "record",
        });
        await Enter(http, $"webhooks/{webhook}/pause", new { });
        Console.WriteLine($"The demo company has {Companies} companies and {People} people now.");
        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, string>> Stages(HttpClient http, string pipeline) =>
        (await http.GetFromJsonAsync<JsonElement>($"stages?filter=pipelineId = \"{pipeline}\"")).GetProperty("items").EnumerateArray()
        .ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("id").GetString()!);

    // The key makes a seed that was cut off and runs again enter everything once.
    private static async Task<string> Enter(HttpClient http, string noun, object what)
    {
        var body = JsonSerializer.Serialize(what, what.GetType(), JsonSerializerOptions.Web);
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body));
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, noun)
            {
                Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Add("Idempotency-Key", $"demo {noun} {Convert.ToHexStringLower(digest)}");
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
            if (answer.StatusCode != System.Net.HttpStatusCode.TooManyRequests) // the demo company has a plan like any other
                throw new SettingsException($"The demo data was refused: {(int)answer.StatusCode} {text}");
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static object FieldSales => new
    {
        name = "fieldSales",
        title = "Field sales",
        description = "Sees all companies and the team's people, changes what is their own, and reads no birthdays.",
        records = new[]
        {
            new { record = "*", create = "own", read = "team", update = "own", fields = Array.Empty<object>() },
            new { record = "account", create = "none", read = "all", update = "own", fields = Array.Empty<object>() },
            new { record = "contact", create = "own", read = "team", update = "own", fields = new object[] { new { field = "birthday", right = "hidden" } } },
        },
        slices = new[] { "changeJob", "findDuplicateContacts", "readTimeline" },
    };

    private static object Company(int i, string? parentId, DemoOwners owners)
    {
        var name = $"{DemoWords.Founders[i % DemoWords.Founders.Length]} {DemoWords.Trades[i * 3 % DemoWords.Trades.Length].Name}";
        var place = DemoWords.Places[i % DemoWords.Places.Length];
        var domain = $"{name.ToLowerInvariant().Replace(" & ", "-", StringComparison.Ordinal).Replace(' ', '-')}.example";
        var employees = 8 + (i * i * 37 % 4200);
        return new
        {
            name,
            legalType = place.LegalType,
            website = $"https://www.{domain}",
            industry = DemoWords.Trades[i * 3 % DemoWords.Trades.Length].Industry,
            employees,
            revenue = new { amount = $"{employees * 127_000}.00", currency = place.Currency },
            type = DemoWords.Types[i * 5 % DemoWords.Types.Length],
            status = i % 13 == 12 ? "inactive" : "active",
            tier = employees > 2500 ? "A" : employees > 500 ? "B" : "C",
            parentId,
            email = $"office@{domain}",
            phone = $"{place.Phone}{5100000 + i}",
            addresses = new[] { Address(i, "billing", place), Address(i + 7, "office", place) },
            currency = place.Currency,
            paymentTerms = i % 3 == 0 ? "14 days net" : "30 days net",
            ownerId = owners.Of(i),
            teamId = owners.TeamOf(i),
        };
    }

    private static object Address(int i, string type, DemoPlace place) => new
    {
        type,
        street = $"{DemoWords.Streets[i * 3 % DemoWords.Streets.Length]} {1 + (i * 17 % 120)}",
        postalCode = place.PostalCode,
        city = place.City,
        country = place.Country,
    };

    private static object Person(int i, string? accountId, string? reportsToId, DemoOwners owners)
    {
        var place = DemoWords.Places[i * 7 % Companies % DemoWords.Places.Length];
        var first = DemoWords.First[i * 11 % DemoWords.First.Length];
        var last = DemoWords.Last[(i * 7 + i / DemoWords.Last.Length) % DemoWords.Last.Length];
        return new
        {
            firstName = first,
            lastName = last,
            salutation = i % 10 == 3 ? "Dr." : null,
            emails = new[]
            {
                new { address = $"{first}.{last}{i}@mail.example".ToLowerInvariant(), type = "work", optOut = i % 31 == 5 },
                new { address = $"{last}{i}@home.example".ToLowerInvariant(), type = "home", optOut = false },
            }[..(i % 3 == 0 ? 2 : 1)],
            phones = new[]
            {
                new { number = $"{place.Phone}{5550000 + i}", type = "work", doNotCall = i % 29 == 4 },
                new { number = $"{place.Phone}{7770000 + i}", type = "mobile", doNotCall = false },
            }[..(i % 2 + 1)],
            addresses = new[] { Address(i, "office", place) },
            language = place.Language,
            timeZone = place.Zone,
            department = DemoWords.Departments[i * 5 % DemoWords.Departments.Length],
            buyingRole = i % 6 == 0 ? "decisionMaker" : i % 6 == 3 ? "influencer" : null,
            lifecycleStage = DemoWords.Stages[i * 3 % DemoWords.Stages.Length],
            source = DemoWords.Sources[i * 3 % DemoWords.Sources.Length],
            social = i % 5 == 0 ? new[] { new { network = "linkedin", url = $"https://social.example/{first}-{last}-{i}".ToLowerInvariant() } } : [],
            jobTitle = DemoWords.Jobs[i * 5 % DemoWords.Jobs.Length],
            accountId,
            reportsToId,
            ownerId = owners.Of(i * 7 % Companies), // whoever's their company is
            teamId = owners.TeamOf(i * 7 % Companies),
            tags = i % 9 == 0 ? new[] { "vip" } : i % 4 == 0 ? ["newsletter"] : Array.Empty<string>(),
        };
    }

    private static object Answer(int i, string contactId) => new
    {
        contactId,
        purpose = "newsletter",
        channel = "email",
        state = i % 7 == 6 ? "withdrawn" : i % 5 == 4 ? "pending" : "granted",
        basis = "consent",
        source = "form: website",
        textVersion = "2026-1",
    };

    private static object Part(string contactId, string accountId) =>
        new { contactId, accountId, role = "board member", from = "2024-01-01" };
}
