using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrmPlatform.Bench.Leads;

/// <summary>What it costs to score a lead, give it to somebody and say until when; and how soon what happens shows in a score.</summary>
internal static class LeadsPart
{
    private const string Area = "leads";
    private const int PerSecond = 200, Seconds = 10, Known = 400;

    // The ceiling has no rules: the same lead, kept in one form, searchable, journaled.
    private static readonly Guid Plain = new("0199a000-0000-7000-8000-0000000be9c5");

    /// <summary>Leads of a tenant with twelve scoring rules, two assignment rules of five people each and a response target.</summary>
    public static async IAsyncEnumerable<Figure> Measure(Ground ground)
    {
        await ground.Provision("Leads");
        var host = ground.HostWithoutBroker("Leads");
        await Ground.Answers(ground.Ready(5), TimeSpan.FromSeconds(30));
        var address = $"http://127.0.0.1:{ground.Port + 5}/api/v1";
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
        foreach (var (noun, rule) in Rules())
            await Enter(http, $"{address}/{noun}", rule);

        var rate = await InTurn.Share(
            Area, "create: scored by 12 rules, given to one of five, due by working hours",
                s => Wrk.Enter(ground.People, $"{address}/leads", s, ground.TokenFor(Plain)),
            s => Wrk.Enter(ground.People, $"{address}/leads", s, ground.Token), 0.5);
        yield return rate;
        yield return Figure.AtLeast(Area, "create incl. score and assignment", rate.Value, "leads/s", 1000);
        yield return Figure.Below(Area, $"what happens to a score, p99 at {PerSecond} events/s", await Score(http, ground, address), "ms", 250);
        await Ground.Stop(host);
    }

    private static async Task<double> Score(HttpClient http, Ground ground, string address)
    {
        var (first, leads) = (ground.People.Take(Known), new List<Guid>());
        for (var i = 0; i < Known; i++)
            leads.Add(await Enter(http, $"{address}/leads", JsonSerializer.Deserialize<JsonElement>(People.One(first + i))));
        await Happen(http, address, leads, PerSecond * Seconds); // so that the code is compiled, and there is a past
        return (await Happen(http, address, leads, PerSecond * Seconds))[PerSecond * Seconds * 99 / 100];
    }

    // From the request to the answer, which has the score and is durable.
    private static async Task<double[]> Happen(HttpClient http, string address, List<Guid> leads, int count)
    {
        var (all, watch) = (new List<Task<double>>(count), Stopwatch.StartNew());
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - watch.Elapsed;
            if (due > TimeSpan.FromMilliseconds(1))
                await Task.Delay(due);
            all.Add(One(leads[i % leads.Count]));
        }
        return [.. (await Task.WhenAll(all)).Order()];

        async Task<double> One(Guid lead)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsJsonAsync(new Uri($"{address}/leads/{lead}/engagements"), new { kind = "emailOpened" });
            answer.EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    }

    private static IEnumerable<(string Noun, object Rule)> Rules()
    {
        for (var i = 0; i < 8; i++)
            yield return ("scoringRules", new
            {
                name = $"Fit {i}",
                axis = "fit",
                condition = $"employees > {i * 100} or jobTitle ~ \"*count{i}*\" or email ~ \"*{i}@mail*\"",
                points = 10
            });
        for (var i = 0; i < 4; i++)
            yield return ("scoringRules", new
            {
                name = $"Event {i}",
                axis = "engagement",
                @event = i == 0 ? "emailOpened" : $"event{i}",
                points = 15,
                repeatable = true,
                decay = "half",
                decayDays = 14
            });
        yield return ("assignmentRules", new
        {
            name = "Countesses",
            position = 1,
            condition = "jobTitle = \"Countess\" and firstName < \"G\"",
            users = Five()
        });
        yield return ("assignmentRules", new { name = "Others", position = 2, users = Five() });
        yield return ("responseTargets", new
        {
            name = "Two hours",
            minutes = 120,
            timeZone = "Europe/Berlin",
            workingHours = Enumerable.Range(1, 5).Select(day => new { day = $"{(DayOfWeek)day}".ToLowerInvariant(), from = "09:00", until = "17:00" }),
        });
    }

    private static object[] Five() => [.. Enumerable.Range(0, 5).Select(_ => new { userId = Guid.CreateVersion7() })];

    private static async Task<Guid> Enter(HttpClient http, string url, object what)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(url), what);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? body.GetProperty("id").GetGuid() : throw new InvalidOperationException($"{url}: {body}");
    }
}
