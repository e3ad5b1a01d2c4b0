using System.Diagnostics;
using CrmPlatform.Edge.Calls;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Doors;

/// <summary>
/// The first thing every request meets and the last its answer passes: reserved headers go, the trace id and the security headers come,
/// and whatever goes wrong inside is answered as a problem.
/// </summary>
internal sealed class Gate(RequestDelegate next, Problems problems, Proxies proxies, CallLog calls)
{
    /// <summary>The largest body, unless a route says otherwise.</summary>
    public const long LargestBody = 1024 * 1024;

    private const string NothingLoads = "default-src 'none'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext http)
    {
        proxies.Believe(http);
        Headers.Strip(http.Request.Headers);
        var answer = http.Response.Headers;
        answer[Headers.Trace] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        answer.XContentTypeOptions = "nosniff";
        answer.ContentSecurityPolicy = NothingLoads; // pages widen it
        answer["Referrer-Policy"] = "no-referrer";
        if (http.Request.IsHttps)
            answer.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        try
        {
            if (http.Request.ContentLength > LargestBody)
                throw new Refusal(413, "too_large", $"A request may have {LargestBody / 1024} KB.");
            await next(http);
            if (http.Response is { StatusCode: 404 or 405, HasStarted: false, ContentType: null })
                await Problems.Write(http, http.Response.StatusCode == 405 ? WrongMethod() : Nowhere());
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await problems.TryHandleAsync(http, e, CancellationToken.None);
        }
        finally
        {
            calls.End(http);
        }
    }

    /// <summary>Nothing answers here.</summary>
    public static Refusal Nowhere() => new(404, "no_route", "There is nothing at this address.");

    private static Refusal WrongMethod() => new(405, "method_not_allowed", "This address does not take this method.");
}
