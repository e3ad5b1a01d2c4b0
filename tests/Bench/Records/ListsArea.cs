using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrmPlatform.Bench.Records;

/// <summary>Lists and searches of a million contacts of one tenant, asked of the running service one after the other.</summary>
internal static class ListsArea
{
    private const string Area = "records";
    private const int Requests = 300;
    private const int WarmUp = 50;
    private const int CustomFields = 500;

    private static readonly (string Name, string[] Asked, double Goal)[] Lists =
    [
        ("S56 first page of 50", [""], 25),
        ("page of 50 with two custom fields, one of them indexed",
            ["filter=custom.size = 42 and custom.region = 'north'", "filter=custom.size > 90 and custom.region = 'east'"], 50),
        ("page of 50 by last name", ["sort=lastName", "sort=-lastName"], 25),
        ("page of 50, last changed first", ["sort=-updatedAt"], 25),
        ("S31 search by name", ["q=senvajo", "q=hannah bermar", "q=marzimken", "q=anna", "q=quiterlo"], 100),
        ("search by part of a name", ["q=nvaj", "q=rzimk", "q=ann", "q=iterl", "q=an", "q=zo"], 100),
        ("search by e-mail", ["q=gmail.com", "q=ivan.bertomar", "q=@firm77.example", "q=r.delma"], 100),
        ("search by phone", ["q=%2B49 30 123", "q=0049 512", "q=4987654", "q=77123"], 100),
        ("search by company", ["q=babadel", "q=gmbh", "q=quizimwin ag", "q=anna logistics", "q=delkarmo"], 100),
        ("search with one slip", ["q=senvjao", "q=marzimkem", "q=hannah bermarr", "q=quiterlow"], 100),
        ("search with one slip in the first letter", ["q=xenvajo", "q=narzimken", "q=kannah bermar", "q=puiterlo"], 100),
        ("search that finds nothing", ["q=zzyzx", "q=anna zzyzx", "q=99999999999"], 100),
    ];

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision("Contacts");
        var host = ground.HostWithoutBroker("Contacts");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = new Uri($"{ground.Contacts}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        await Declare(http, "size", "number", indexed: true);
        await Declare(http, "region", "text", indexed: false);
        await using (var database = ground.Database("contacts"))
            await Filling.Fill(database, Ground.Tenant);

        var none = 0.0;
        foreach (var (name, asked, goal) in Lists)
        {
            var figure = await P99(http, name, asked, goal);
            none = none == 0 ? figure.Value : none;
            yield return figure;
        }
        yield return await P99(http, "S40 page 10,000 of 50", [await Deep(ground, 10_000 * 50)], 25);

        yield return await ReadYourWrites(http);

        for (var n = 0; n < CustomFields - 2; n++)
            await Declare(http, $"f{n}", "number", indexed: false);
        var many = await P99(http, "first page of 50", [""], 25);
        yield return Figure.Below(Area, "S2 first page with 500 custom fields, times that with two", many.Value / none, "x", 1.5);
        await Ground.Stop(host);
    }

    private static async Task<Figure> P99(HttpClient http, string name, string[] asked, double goal)
    {
        for (var n = 0; n < WarmUp; n++)
            await Ask(http, asked[n % asked.Length]);
        var took = new List<(double Ms, string Asked)>();
        for (var n = 0; n < Requests; n++)
        {
            var watch = Stopwatch.StartNew();
            await Ask(http, asked[n % asked.Length]);
            took.Add((watch.Elapsed.TotalMilliseconds, asked[n % asked.Length]));
        }
        took.Sort();
        await Console.Error.WriteLineAsync($"{name}: p50 {took[Requests / 2].Ms:0.0} ms; "
            + string.Join(", ", took.GroupBy(t => t.Asked).Select(g => $"{g.Key} {g.ElementAt(g.Count() / 2).Ms:0.0}")));
        return Figure.Below(Area, $"{name}, p99", took[Requests * 99 / 100].Ms, "ms", goal);
    }

    // People whose names nobody has, each looked for as soon as the answer to entering them is there.
    private static async Task<Figure> ReadYourWrites(HttpClient http)
    {
        var took = new List<double>();
        for (var n = 0; n < WarmUp + Requests; n++)
        {
            var name = $"qxj{(char)('a' + n % 26)}{(char)('a' + n / 26)}vrk";
            using var entered = await http.PostAsJsonAsync("contacts", new { lastName = name });
            var id = (await entered.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
            var watch = Stopwatch.StartNew();
            var found = await http.GetFromJsonAsync<JsonElement>($"contacts?q={name}");
            if (n >= WarmUp)
                took.Add(watch.Elapsed.TotalMilliseconds);
            if (found.GetProperty("items").EnumerateArray().All(item => item.GetProperty("id").GetGuid() != id))
                throw new InvalidOperationException($"{name} was entered and is not found.");
        }
        took.Sort();
        return Figure.Below(Area, $"{Requests} contacts, each found by the request after the one that entered it, p99", took[Requests * 99 / 100], "ms", 100);
    }

    private static async Task Ask(HttpClient http, string query)
    {
        using var answer = await http.GetAsync(new Uri($"contacts?{query.Replace(" ", "%20", StringComparison.Ordinal)}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task Declare(HttpClient http, string name, string kind, bool indexed)
    {
        using var answer = await http.PostAsJsonAsync("contacts/fields", new { name, label = name, kind, indexed });
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    // The cursor of a place far down, which nobody pages to in a benchmark.
    private static async Task<string> Deep(Ground ground, int after)
    {
        await using var database = ground.Database("contacts");
        await using var command = database.CreateCommand($"select created_at, id from contact order by created_at desc, id desc offset {after - 1} limit 1");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        string[] place = ["-createdAt", row.GetFieldValue<DateTimeOffset>(0).ToString("O"), row.GetGuid(1).ToString()];
        return $"cursor={Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place))}";
    }
}
