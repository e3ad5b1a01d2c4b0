using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CrmPlatform.Integrations.Tests;

/// <summary>Something that was sent to a partner.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Body { get; } = JsonSerializer.Deserialize<JsonElement>(Text);

    public JsonElement Data => Body.GetProperty("data");

    public string Type => Body.GetProperty("type").GetString()!;

    public Guid Record => Data.GetProperty("id").GetGuid();

    public int Version => Data.GetProperty("version").GetInt32();

    public string Id => Headers["webhook-id"];
}

/// <summary>A partner's server on this machine, that answers as it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>All it was sent, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = [];

    /// <summary>What it answers; 200 without a word where nothing is said.</summary>
    public Func<HttpContext, Received, Task> Answers { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Where it is.</summary>
    public string Url { get; private set; } = "";

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync();
        receiver.Url = receiver.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";
        return receiver;
    }

    /// <summary>From now on it answers a status.</summary>
    public void Answer(int status) => Answers = (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Waits until it was sent so much.</summary>
    public async Task<IReadOnlyList<Received>> Gets(int count)
    {
        await TestCrm.Eventually(() => Assert.True(All.Count >= count, $"Only {All.Count} of {count} have come: {string.Join(", ", All.Select(r => r.Body))}"));
        return [.. All];
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(true));
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new Received(
            http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), await reader.ReadToEndAsync());
        All.Enqueue(received);
        await Answers(http, received);
    }
}
