using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CrmPlatform.Edge.Doors;

/// <summary>Passes a request on to the service that offers its path, and turns what can go wrong between the two into problems.</summary>
internal sealed partial class Forward(
    IHttpForwarder forwarder, UpstreamList upstreams, UpstreamClient client, Admission admission, HttpMetrics metrics, IHostApplicationLifetime life,
    ILogger<Forward> log)
{
    /// <summary>Where programs look for a graph.</summary>
    public const string Graph = "/graphql";

    private const string Base = "/api/v1/";

    private readonly HttpTransformer transformer = new ToUpstream();
    private readonly ForwarderRequestConfig config = new()
    {
        Version = System.Net.HttpVersion.Version11, // without TLS there is no agreeing on another
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = client.Patience,
    };

    public async Task Handle(HttpContext http)
    {
        var found = Find(http.Request.Path.Value);
        if (Lasting.IsSocket(http.Request) && http.Request.Headers.Authorization.Count == 0 && found?.Offer?.Sockets.Contains(http.Request.Path) is true)
        {
            await Socket(http, found);
            return;
        }
        if (await admission.Admit(http) is not { } caller)
            return;
        if (found is not { } upstream)
        {
            await Answer(http, upstreams.Current.Missing == 0 ? Gate.Nowhere() : NotYet());
            return;
        }
        Headers.Introduce(http, caller.Tenant.ToString());
        await Pass(http, upstream);
    }

    /// <summary>The graph has a short address beside the one it publishes.</summary>
    public Task HandleGraph(HttpContext http)
    {
        http.Request.Path = $"{Base}graphql";
        return Handle(http);
    }

    /// <summary>Passes on what needs no token: pages and protocols of a service's own. How often somebody may ask was held before.</summary>
    public Task HandleOpen(HttpContext http, RequestDelegate next)
    {
        if (upstreams.Current.FindOpen(http.Request.Path) is not { } upstream)
            return next(http);
        Headers.Introduce(http, null);
        return Pass(http, upstream);
    }

    // Browsers cannot show a token when they open a socket: it is their first message there. Until then the address is what is counted.
    private async Task Socket(HttpContext http, Upstream upstream)
    {
        if (!await admission.AdmitUnnamed(http))
            return;
        Headers.Introduce(http, null);
        await Pass(http, upstream);
    }

    private async Task Pass(HttpContext http, Upstream upstream)
    {
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("crm.upstream", upstream.Name)); // the route is the same for all
        using var until = Lasting.Until(http, life);
        var error = await forwarder.SendAsync(http, upstream.Address, client.Invoker, config, transformer, until?.Token ?? http.RequestAborted);
        if (error is not ForwarderError.None)
            await Explain(http, upstream, error);
    }

    /// <summary>A service that cannot be reached: what callers are told.</summary>
    public static Refusal Away(Upstream upstream) => new(
        503, "service_unavailable", $"The service {upstream.Name} cannot be reached right now. Try again; repeat a write with its Idempotency-Key.");

    public static Refusal NotYet() => new(503, "service_unavailable", "Not all services have started yet. Try again.");

    private Upstream? Find(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(Base, StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = path[Base.Length..];
        var end = rest.IndexOf('/');
        return upstreams.Current.Find(end < 0 ? rest : rest[..end]);
    }

    private async Task Explain(HttpContext http, Upstream upstream, ForwarderError error)
    {
        if (http.RequestAborted.IsCancellationRequested || Lasting.IsOver(http, error, life))
            return; // nobody is there to read an answer
        if (error is ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination)
            upstream.WasAway();
        if (error is not ForwarderError.RequestBodyClient)
            Failed(upstream.Name, http.Request.Method, http.Request.Path, error, http.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message);
        if (http.Response.HasStarted)
            return; // the connection was cut: half an answer must not look like a whole one
        await Answer(http, error switch
        {
            ForwarderError.RequestTimedOut => new Refusal(504, "timed_out", $"The service {upstream.Name} has not answered in time."),
            ForwarderError.RequestBodyClient => BadBody(http),
            _ => Away(upstream),
        });
    }

    private static Refusal BadBody(HttpContext http) =>
        http.GetForwarderErrorFeature()?.Exception is { } e
            && (e as BadHttpRequestException ?? e.InnerException as BadHttpRequestException) is { StatusCode: 413 }
            ? new Refusal(413, "too_large", $"A request may have {Gate.LargestBody / 1024} KB.")
            : new Refusal(400, "malformed", "The body of the request ended early.");

    private Task Answer(HttpContext http, Refusal refusal)
    {
        metrics.Refused(refusal.Code);
        return Problems.Write(http, refusal);
    }

    [LoggerMessage(LogLevel.Warning, "{Service} failed at {Method} {Path}: {Error}, {Why}")]
    private partial void Failed(string service, string method, string path, ForwarderError error, string? why);

    private sealed class ToUpstream : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null; // the service's own; the caller's is in X-Forwarded-Host
        }

        // What a service says of its pages goes before what the edge says of everything.
        public override ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            foreach (var name in Headers.OfPages)
                if (proxyResponse?.Headers.Contains(name) is true)
                    httpContext.Response.Headers.Remove(name);
            return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
