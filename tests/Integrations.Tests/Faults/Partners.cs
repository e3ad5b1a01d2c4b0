using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CrmPlatform.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Integrations.Tests.Faults;

/// <summary>What a partner does with what it is sent, until it is mended.</summary>
internal enum Mood
{
    /// <summary>Takes it, one sooner and one later.</summary>
    Takes,

    /// <summary>Takes two of three.</summary>
    Fails,

    /// <summary>Answers 500.</summary>
    Refuses,

    /// <summary>Never answers.</summary>
    Hangs,

    /// <summary>Ends the connection.</summary>
    Resets,

    /// <summary>Sends on to somebody else.</summary>
    Redirects,

    /// <summary>Wants nothing any more.</summary>
    Gone,

    /// <summary>Is not there.</summary>
    Away,
}

/// <summary>The servers of many partners, each a path of its own: what each was sent, and what it took, in order.</summary>
internal sealed class Partners : IAsyncDisposable
{
    private readonly int port = Ports.Block(2);
    private readonly ConcurrentDictionary<string, Mood> moods = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(Guid Event, Guid Record, int Version)>> taken = [];
    private readonly ConcurrentDictionary<(string Partner, Guid Event), int> sent = [];
    private readonly List<WebApplication> running = [];
    private int elsewhere;

    /// <summary>How much has come where nothing was to be sent.</summary>
    public int Elsewhere => elsewhere;

    public static async Task<Partners> Begin()
    {
        var partners = new Partners();
        await partners.Listen(partners.port);
        return partners;
    }

    /// <summary>A new partner; says where it is.</summary>
    public string Add(string partner, Mood mood)
    {
        (moods[partner], taken[partner]) = (mood, []);
        return $"http://127.0.0.1:{(mood == Mood.Away ? port + 1 : port)}/{partner}";
    }

    /// <summary>From now on all of them take what they are sent, and those who were away are back.</summary>
    public async Task Mend()
    {
        foreach (var partner in moods.Keys)
            moods[partner] = Mood.Takes;
        await Listen(port + 1);
    }

    /// <summary>What one took, in order.</summary>
    public IReadOnlyCollection<(Guid Event, Guid Record, int Version)> Taken(string partner) => taken[partner];

    /// <summary>How often one was sent something.</summary>
    public int Sent(string partner, Guid what) => sent.GetValueOrDefault((partner, what));

    public async ValueTask DisposeAsync()
    {
        foreach (var app in running)
        {
            await app.StopAsync(new CancellationToken(true));
            await app.DisposeAsync();
        }
    }

    private async Task Listen(int at)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, at));
        var app = builder.Build();
        app.Run(Take);
        await app.StartAsync();
        running.Add(app);
    }

    private async Task Take(HttpContext http)
    {
        var partner = http.Request.Path.Value![1..];
        if (!moods.TryGetValue(partner, out var mood))
        {
            Interlocked.Increment(ref elsewhere);
            return;
        }
        var data = (await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body)).GetProperty("data");
        var what = data.GetProperty("event").GetGuid();
        var times = sent.AddOrUpdate((partner, what), 1, (_, n) => n + 1);
        switch (mood)
        {
            case Mood.Fails when (what.GetHashCode() + times) % 3 == 0:
                http.Response.StatusCode = 503;
                return;
            case Mood.Refuses:
                http.Response.StatusCode = 500;
                return;
            case Mood.Gone:
                http.Response.StatusCode = 410;
                return;
            case Mood.Redirects:
                http.Response.StatusCode = 307;
                http.Response.Headers.Location = "/elsewhere";
                return;
            case Mood.Resets:
                http.Abort();
                return;
            case Mood.Hangs:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }
        await Task.Delay(Random.Shared.Next(10));
        taken[partner].Enqueue((what, data.GetProperty("id").GetGuid(), data.GetProperty("version").GetInt32()));
    }
}
