using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Bench.Integrations;

/// <summary>A partner's server on this machine, as cheap as one can be: it takes what it is sent and notes when.</summary>
internal sealed class Partner : IAsyncDisposable
{
    private readonly WebApplication app;
    private long taken;

    private Partner(WebApplication app) => this.app = app;

    /// <summary>When it was sent each event first, by the event's id.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> Came { get; } = [];

    /// <summary>How much it has taken.</summary>
    public long Taken => Interlocked.Read(ref taken);

    /// <summary>Where it takes what it is sent.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Where it never answers.</summary>
    public string Hangs => Url.Replace("/hook", "/hangs", StringComparison.Ordinal);

    public static async Task<Partner> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var partner = new Partner(builder.Build());
        partner.app.Run(partner.Take);
        await partner.app.StartAsync();
        partner.Url = partner.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";
        return partner;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(true));
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/hangs", StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync();
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        if (Guid.TryParse(http.Request.Headers["webhook-id"], out var id))
            Came.TryAdd(id, TimeProvider.System.GetUtcNow());
        Interlocked.Increment(ref taken);
    }
}
