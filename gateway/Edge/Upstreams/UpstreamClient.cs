using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Upstreams;

/// <summary>The connections to the services: kept alive, never through a proxy, nothing followed, unpacked or remembered on the way.</summary>
internal sealed class UpstreamClient(Settings settings, IMeterFactory meters) : IDisposable
{
    /// <summary>For requests passed on and for the edge's own.</summary>
    public HttpMessageInvoker Invoker { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null, // the edge writes traceparent itself: a span of its own per hop would say nothing more
        ConnectTimeout = TimeSpan.FromSeconds(2),
        MeterFactory = meters, // the edge's own: another app of the process shall not show them
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60), // well below the two minutes after which Kestrel hangs up
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other addresses
    });

    /// <summary>How long a service may be silent.</summary>
    public TimeSpan Patience { get; } = settings.EdgeTimeout;

    /// <summary>Asks a service something on the edge's own account.</summary>
    public Task<HttpResponseMessage> Get(Upstream upstream, string path, CancellationToken cancel) =>
        Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, upstream.Address + path), cancel);

    /// <summary>Asks a service something on behalf of a caller, in the caller's trace.</summary>
    public async Task<HttpResponseMessage> Send(Upstream upstream, HttpContext caller, HttpRequestMessage request)
    {
        request.RequestUri = new Uri(upstream.Address + request.RequestUri);
        request.Headers.TryAddWithoutValidation("Authorization", caller.Request.Headers.Authorization.ToString());
        request.Headers.TryAddWithoutValidation("traceparent", Activity.Current?.Id);
        request.Headers.TryAddWithoutValidation(Headers.Tenant, caller.Request.Headers[Headers.Tenant].ToString());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(caller.RequestAborted);
        deadline.CancelAfter(Patience);
        var response = await Invoker.SendAsync(request, deadline.Token);
        await response.Content.LoadIntoBufferAsync(deadline.Token);
        return response;
    }

    /// <summary>Sends a service something on the edge's own account.</summary>
    public async Task<HttpResponseMessage> Exchange(Upstream upstream, HttpRequestMessage request, CancellationToken cancel)
    {
        request.RequestUri = new Uri(upstream.Address + request.RequestUri);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        var response = await Invoker.SendAsync(request, deadline.Token);
        await response.Content.LoadIntoBufferAsync(deadline.Token);
        return response;
    }

    public void Dispose() => Invoker.Dispose();
}
