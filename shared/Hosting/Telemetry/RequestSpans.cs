using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>The first middleware: it names the span of the request and says whose it is.</summary>
internal static class RequestSpans
{
    public static async Task Name(string service, HttpContext context, RequestDelegate next)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        span?.SetTag(Tracing.ServiceTag, service);
        // How long somebody listens says nothing of how soon answers come.
        if (Listens(context.Request) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.MetricsDisabled = true;

        try
        {
            await next(context);
        }
        catch
        {
            Describe(span, context, StatusCodes.Status500InternalServerError);
            throw;
        }

        Describe(span, context, context.Response.StatusCode);
    }

    /// <summary>Whether a request lasts for as long as its client listens: a socket, or an event stream.</summary>
    public static bool Listens(HttpRequest request) => request.Headers.Upgrade.Count > 0 || request.Method == HttpMethods.Connect
        || request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static void Describe(Activity? span, HttpContext context, int status)
    {
        if (span is not { IsAllDataRequested: true }) return;
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.route", route);
        }

        span.SetTag("http.response.status_code", status);
        if (status >= 500) span.SetStatus(ActivityStatusCode.Error);
    }
}
