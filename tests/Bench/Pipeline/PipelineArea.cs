using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrmPlatform.Bench.Pipeline;

/// <summary>
/// Two hundred thousand open deals of a thousand people in one tenant: boards, moves and forecasts, asked of the running service one after the other.
/// </summary>
internal static class PipelineArea
{
    private const string Area = "pipeline";
    private const int Requests = 200;
    private const int WarmUp = 20;

    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision("Pipeline");
        var host = ground.HostWithoutBroker("Pipeline");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 6}/health/ready", TimeSpan.FromSeconds(60));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ground.Port + 6}/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        (await http.PostAsync(new Uri("pipelines/default", UriKind.Relative), null)).EnsureSuccessStatusCode();
        var stages = (await http.GetFromJsonAsync<JsonElement>("stages?sort=position")).GetProperty("items").EnumerateArray()
            .Where(s => s.GetProperty("type").GetString() == "open").Select(s => s.GetProperty("id").GetString()!).ToArray();
        await using (var database = ground.Database("pipeline"))
            await FillingDeals.Fill(database);

        yield return await Asked(http, "S34 board: counts and sums of all deals", ["deals/board?cards=0"], 150);
        yield return await Asked(http, "board: counts, sums and ten cards of each stage", ["deals/board"], 150);
        yield return await Asked(
            http, "board: counts and sums of a filter",
            ["deals/board?cards=0&filter=type = \"new\" and amount > 50000", "deals/board?cards=0&filter=expectedCloseOn in thisquarter"], 150);
        using (var seller = new HttpClient { BaseAddress = http.BaseAddress })
        {
            seller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", ground.TokenOf(FillingDeals.User(7).ToString(), ["sales"], [FillingDeals.Team(7)]));
            yield return await Asked(seller, "board: counts and sums of what a team has", ["deals/board?cards=0"], 150);
        }
        yield return await Moves(http, stages);
        var quarter = FillingDeals.Quarter;
        yield return await Asked(
            http, $"forecast: roll-up of {FillingDeals.Users} people",
            [$"forecasts?period={quarter}", $"forecasts?period={quarter}&team={FillingDeals.Team(0)}"], 500);
        (await http.PostAsJsonAsync("forecastSnapshots", new { period = quarter })).EnsureSuccessStatusCode();
        yield return await Asked(
            http, "forecast: the same, compared with a snapshot", [$"forecasts?period={quarter}&team={FillingDeals.Team(0)}&since=2999-01-01"], 500);
        await Ground.Stop(host);
    }

    private static async Task<Figure> Asked(HttpClient http, string name, string[] asked, double goal) => Below(name, await Timed(async n =>
    {
        using var answer = await http.GetAsync(new Uri(asked[n % asked.Length].Replace(" ", "%20", StringComparison.Ordinal), UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }), goal);

    // Each moves another deal to the stage after the one it is in, as a dialog would: with the stage it was seen in.
    private static async Task<Figure> Moves(HttpClient http, string[] stages)
    {
        var deals = new List<(string Id, string Stage)>();
        for (string? cursor = ""; deals.Count < WarmUp + Requests && cursor is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"deals?limit=200&fields=stageId{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            deals.AddRange(page.GetProperty("items").EnumerateArray().Select(d => (d.GetProperty("id").GetString()!, d.GetProperty("stageId").GetString()!)));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        return Below("move", await Timed(async n =>
        {
            var (id, stage) = deals[n];
            var body = new { stageId = stages[(Array.IndexOf(stages, stage) + 1) % stages.Length], from = stage };
            using var answer = await http.PostAsJsonAsync($"deals/{id}/move", body);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }), 50);
    }

    private static Figure Below(string name, List<double> took, double goal)
    {
        Console.Error.WriteLine($"{name}: p50 {took[took.Count / 2]:0.0} ms");
        return Figure.Below(Area, $"{name}, p99", took[took.Count * 99 / 100], "ms", goal);
    }

    private static async Task<List<double>> Timed(Func<int, Task> request)
    {
        var took = new List<double>(Requests);
        for (var n = 0; n < WarmUp + Requests; n++)
        {
            var watch = Stopwatch.StartNew();
            await request(n);
            if (n >= WarmUp)
                took.Add(watch.Elapsed.TotalMilliseconds);
        }
        took.Sort();
        return took;
    }
}
