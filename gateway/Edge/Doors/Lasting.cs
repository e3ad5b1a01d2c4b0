using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace CrmPlatform.Edge.Doors;

/// <summary>
/// Sockets and event streams last as long as somebody listens. They do not count among what is waited for, and an edge that stops does not wait for
/// their end: clients come back to another one.
/// </summary>
internal static class Lasting
{
    public static bool IsSocket(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>What ends such a request beside its caller; null for all others.</summary>
    public static CancellationTokenSource? Until(HttpContext http, IHostApplicationLifetime life) => Is(http.Request)
        ? CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping) : null;

    /// <summary>Whether it ended as such things do: one of the two ends has gone.</summary>
    public static bool IsOver(HttpContext http, ForwarderError error, IHostApplicationLifetime life) =>
        error is >= ForwarderError.UpgradeRequestCanceled and <= ForwarderError.UpgradeActivityTimeout
        || (Is(http.Request) && life.ApplicationStopping.IsCancellationRequested && http.Response.HasStarted);

    private static bool Is(HttpRequest request) =>
        IsSocket(request) || request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
