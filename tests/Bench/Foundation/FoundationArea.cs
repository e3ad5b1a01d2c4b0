using System.Net.Http.Headers;
using System.Text.Json;

namespace CrmPlatform.Bench.Foundation;

/// <summary>What the spine costs: writing and reading against the bare minimum, telling, applying, starting.</summary>
internal static class FoundationArea
{
    private const string Area = "foundation";
    private const int Seconds = 4;
    private const int Rounds = 3;
    private const int WarmUpSeconds = 12;

    private const string Person =
        """{"firstName":"Ada","lastName":"Lovelace","email":"ada.lovelace@mail.example","phone":"+49305550000","jobTitle":"Countess","tags":["vip"]}""";

    /// <summary>Telling.</summary>
    public static async IAsyncEnumerable<Figure> Relay(Ground ground)
    {
        await ground.Provision("Contacts");
        yield return await Backlog.Drain(Area, ground, "relay from a backlog", 10_000);
        await ground.Provision();
        yield return await Backlog.Drain(Area, ground, "relay from a backlog, two services subscribed", 5_000);
    }

    /// <summary>Writing and reading.</summary>
    public static async IAsyncEnumerable<Figure> Doors(Ground ground)
    {
        await ground.Provision();
        var bare = ground.BareHost();
        await Ground.Answers($"{ground.Bare}/", TimeSpan.FromSeconds(20));
        var token = ground.Token;
        Task<double> BareCreate(int seconds) => Wrk.Run($"{ground.Bare}/contacts", seconds, body: Person);
        Task<double> Create(int seconds) => Wrk.Run($"{ground.Contacts}/contacts", seconds, token, Person);

        var writing = ground.HostWithoutBroker("Contacts");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(20));
        yield return Share("create: validated, journaled, in the outbox", await InTurn(BareCreate, Create), 0.6);
        await Ground.Stop(writing);

        var telling = ground.Host("Contacts");
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(20));
        await Backlog.Told(ground, TimeSpan.FromMinutes(2));
        var bareOne = await Enter($"{ground.Bare}/contacts", null);
        var ourOne = await Enter($"{ground.Contacts}/contacts", token);
        Task<double> BareGet(int seconds) => Wrk.Run($"{ground.Bare}/contacts/{bareOne}", seconds);
        yield return Share("GET by id", await InTurn(BareGet, s => Wrk.Run($"{ground.Contacts}/contacts/{ourOne}", s, token)), 0.6);
        yield return Share("create while everything is told, broker on the same machine", await InTurn(BareCreate, Create), 0.3);
        await Ground.Stop(telling);

        var all = ground.Host();
        await Ground.Answers($"http://127.0.0.1:{ground.Port}/health/ready", TimeSpan.FromSeconds(20));
        await Backlog.Applied(ground, TimeSpan.FromMinutes(4));
        yield return Share("GET by id through the edge", await InTurn(BareGet, s => Wrk.Run($"{ground.Edge}/contacts/{ourOne}", s, token)), 0.35);
        await Ground.Stop(all);
        await Ground.Stop(bare);
    }

    /// <summary>The whole platform in one process.</summary>
    public static async IAsyncEnumerable<Figure> AllInOne(Ground ground)
    {
        await ground.Provision();
        var all = ground.Host();
        var healthy = await Ground.Answers($"http://127.0.0.1:{ground.Port}/health/ready", TimeSpan.FromSeconds(20));
        yield return Figure.Below(Area, "all-in-one healthy after process start", healthy.TotalSeconds, "s", 5);
        await Task.Delay(TimeSpan.FromSeconds(8));
        all.Refresh();
        yield return Figure.Below(Area, "all-in-one idle", all.WorkingSet64 / 1e6, "MB", 300);
        yield return await Latency.Measure(Area, ground, Person);
        await Ground.Stop(all);
    }

    private static Figure Share(string name, (double Ceiling, double Value) measured, double goal) =>
        Figure.Share(Area, name, measured.Value, "req/s", measured.Ceiling, goal);

    // Both warm up until their code is compiled for good; then they take turns, so that what else the machine does hits both.
    private static async Task<(double Ceiling, double Value)> InTurn(Func<int, Task<double>> bare, Func<int, Task<double>> ours)
    {
        await bare(WarmUpSeconds);
        await ours(WarmUpSeconds);
        var (ceiling, value) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            ceiling += await bare(Seconds) / Rounds;
            value += await ours(Seconds) / Rounds;
        }
        return (ceiling, value);
    }

    private static async Task<string> Enter(string url, string? token)
    {
        using var http = new HttpClient();
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.PostAsync(new Uri(url), new StringContent(Person, new MediaTypeHeaderValue("application/json")));
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }
}
