using System.Text.Json;
using CrmPlatform.Access;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Upstreams;

/// <summary>How all services are, asked at most once a second however many want to know.</summary>
internal sealed class Readiness(UpstreamList upstreams, UpstreamClient client, KeyRing keys, TimeProvider clock)
{
    private const string Ready = "ready";
    private const string Degraded = "degraded";
    private const string Unavailable = "unavailable";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4); // a service waits three seconds for its database

    private readonly Lock gate = new();
    private Task<Report>? last;
    private long asked;

    /// <summary>503 as soon as one service can do nothing: a balancer shall look for another edge, and a person at the reasons.</summary>
    public async Task<IResult> Answer()
    {
        var report = await Current();
        return Results.Json(report, statusCode: report.Status == Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private Task<Report> Current()
    {
        lock (gate)
        {
            if (last is null || (last.IsCompleted && clock.GetElapsedTime(asked) >= Fresh))
                (last, asked) = (Ask(), clock.GetTimestamp());
            return last;
        }
    }

    private async Task<Report> Ask()
    {
        var all = (await Task.WhenAll(upstreams.All.Select(async u => (u.Name, State: await Ask(u))))).ToList();
        if (keys.Count == 0)
            all.Add(("keys", State.Gone("are not known yet: no token is valid"))); // who came in now would be sent away
        var worst = all.Any(s => s.State.Status == Unavailable) ? Unavailable : all.Any(s => s.State.Status != Ready) ? Degraded : Ready;
        return new Report("edge", worst, all.ToDictionary(s => s.Name, s => s.State));
    }

    private async Task<State> Ask(Upstream upstream)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Patience, clock);
            using var response = await client.Get(upstream, "/health/ready", deadline.Token);
            var state = JsonSerializer.Deserialize<State>(await response.Content.ReadAsByteArrayAsync(deadline.Token), JsonSerializerOptions.Web);
            if (state is not { Status: Ready or Degraded or Unavailable })
                return State.Gone("answers in a way nobody understands");
            return upstreams.Current.Known.Contains(upstream) || state.Status == Unavailable ? state : State.Gone("is starting");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            upstream.WasAway();
            return State.Gone("cannot be reached");
        }
    }

    private sealed record Report(string Service, string Status, IReadOnlyDictionary<string, State> Services);

    private sealed record State(string Status, IReadOnlyDictionary<string, string>? Reasons)
    {
        public static State Gone(string why) => new(Unavailable, new Dictionary<string, string> { ["service"] = why });
    }
}
