using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Identity.OAuth;

/// <summary>What holds for every door of the protocol that programs use: nothing is kept by caches, and refusals read as RFC 6749 says.</summary>
internal sealed class OAuthGate : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        try
        {
            return await next(context);
        }
        catch (OAuthRefusal refusal)
        {
            return Answer(http, refusal);
        }
        catch (Refusal refusal) when (refusal.Status < 500)
        {
            return Answer(http, new OAuthRefusal("invalid_request", refusal.Message));
        }
    }

    private static IResult Answer(HttpContext http, OAuthRefusal refusal)
    {
        http.RequestServices.GetRequiredService<OAuthMetrics>().Refused(refusal.Error);
        if (refusal.Status == 401)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"crm\"";
        return Results.Json(new { error = refusal.Error, error_description = refusal.Message }, statusCode: refusal.Status);
    }
}
