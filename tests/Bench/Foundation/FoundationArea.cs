using System.Net.Http.Headers;
using System.Text.Json;

namespace CrmPlatform.Bench.Foundation;

/// <summary>What the spine costs: writing and reading against the bare minimum, telling, applying, starting.</summary>
internal static class FoundationArea
{
    private const string Area = "foundation";
    private const int Seconds = 4;
    private const int Rounds = 3;

    private const string Person =
        """{"firstName":"Ada","lastName":"Lovelace","email":"ada.lovelace@mail.example","phone":"+49305550000","jobTitle":"Countess","tags":["vip"]}""";

    public static async IAsyncEnumerable<Figure> Run(Ground ground)
    {
        await ground.Provision();
        yield return await Backlog.Drain(Area, ground);
        await foreach (var figure in Doors(ground))
            yield return figure;
        await foreach (var figure in AllInOne(ground))
            yield return figure;
    }

    // The two sides take turns, so that what else the machine does hits both.
    private static async IAsyncEnumerable<Figure> Doors(Ground ground)
    {
        using var bare = ground.BareHost();
        using var contacts = ground.Host("Contacts");
        await Ground.Answers($"{ground.Bare}/", TimeSpan.FromSeconds(20));
        await Ground.Answers($"http://127.0.0.1:{ground.Port + 1}/health/ready", TimeSpan.FromSeconds(20));
        var token = ground.Token;
        var (bareOne, ourOne) = (await Enter($"{ground.Bare}/contacts", null), await Enter($"{ground.Contacts}/contacts", token));

        var (ceiling, value) = await InTurn(
            () => Wrk.Run($"{ground.Bare}/contacts/{bareOne}", Seconds), () => Wrk.Run($"{ground.Contacts}/contacts/{ourOne}", Seconds, token));
        yield return Figure.Share(Area, "GET by id", value, "req/s", ceiling, 0.6);

        (ceiling, value) = await InTurn(
            () => Wrk.Run($"{ground.Bare}/contacts", Seconds, body: Person), () => Wrk.Run($"{ground.Contacts}/contacts", Seconds, token, Person));
        yield return Figure.Share(Area, "create: validated, journaled, in the outbox", value, "req/s", ceiling, 0.6);
        await Ground.Stop(contacts);

        using var all = ground.Host();
        await Ground.Answers($"http://127.0.0.1:{ground.Port}/health/ready", TimeSpan.FromSeconds(20));
        await Backlog.Applied(ground, TimeSpan.FromMinutes(4));
        (ceiling, value) = await InTurn(
            () => Wrk.Run($"{ground.Bare}/contacts/{bareOne}", Seconds), () => Wrk.Run($"{ground.Edge}/contacts/{ourOne}", Seconds, token));
        yield return Figure.Share(Area, "GET by id through the edge", value, "req/s", ceiling, 0.35);
        await Ground.Stop(all);
        await Ground.Stop(bare);
    }

    private static async IAsyncEnumerable<Figure> AllInOne(Ground ground)
    {
        using var all = ground.Host();
        var healthy = await Ground.Answers($"http://127.0.0.1:{ground.Port}/health/ready", TimeSpan.FromSeconds(20));
        yield return Figure.Below(Area, "all-in-one healthy after process start", healthy.TotalSeconds, "s", 5);
        await Task.Delay(TimeSpan.FromSeconds(8));
        all.Refresh();
        yield return Figure.Below(Area, "all-in-one idle", all.WorkingSet64 / 1e6, "MB", 300);
        yield return await Latency.Measure(Area, ground, Person);
        await Ground.Stop(all);
    }

    private static async Task<(double Ceiling, double Value)> InTurn(Func<Task<double>> bare, Func<Task<double>> ours)
    {
        var (ceiling, value) = (0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            var (b, o) = round % 2 == 0 ? (await bare(), await ours()) : Swap(await ours(), await bare());
            if (round > 0) // the first round warms both up
                (ceiling, value) = (ceiling + (b / Rounds), value + (o / Rounds));
        }
        return (ceiling, value);
    }

    private static (double Bare, double Ours) Swap(double ours, double bare) => (bare, ours);

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
