using System.Net.Http.Headers;
using System.Text.Json;
using CrmPlatform.Bench.Foundation;

namespace CrmPlatform.Bench;

/// <summary>One contact by its id, asked of the service and through the edge, beside the same of the ceiling.</summary>
internal static class Reading
{
    /// <summary>Against the ceiling that runs already.</summary>
    public static async IAsyncEnumerable<Figure> Measure(string area, Ground ground)
    {
        var all = ground.Host();
        await Ground.Answers(ground.Ready(0), TimeSpan.FromSeconds(60));
        var token = ground.Token;
        var (bare, ours) = (await Enter(ground, $"{ground.Bare}/contacts", null), await Enter(ground, $"{ground.Contacts}/contacts", token));
        await Backlog.Applied(ground, TimeSpan.FromMinutes(4));
        Task<double> Bare(int seconds) => Wrk.Get($"{ground.Bare}/contacts/{bare}", seconds);
        yield return await InTurn.Share(area, "GET by id", Bare, s => Wrk.Get($"{ground.Contacts}/contacts/{ours}", s, token), 0.6);
        yield return await InTurn.Share(area, "GET by id through the edge", Bare, s => Wrk.Get($"{ground.Edge}/contacts/{ours}", s, token), 0.35);
        await Ground.Stop(all);
    }

    private static async Task<string> Enter(Ground ground, string url, string? token)
    {
        using var http = new HttpClient();
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var body = new StringContent(People.One(ground.People.Take(1)), new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(new Uri(url), body);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }
}
