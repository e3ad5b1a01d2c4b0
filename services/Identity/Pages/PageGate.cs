using System.Buffers.Text;
using System.Security.Cryptography;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Identity.Pages;

/// <summary>What holds for every page: nothing of it is kept by caches, and no form is taken that another site has sent.</summary>
internal sealed class PageGate : IEndpointFilter
{
    private const int TokenLength = 32;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var state = http.RequestServices.GetRequiredService<PageState>();
        http.Response.Headers.CacheControl = "no-store";
        var token = Cookies.Read(http, Cookies.Form) is { Length: TokenLength } known ? known : null;
        if (!HttpMethods.IsGet(http.Request.Method) && !await IsOurs(http, token))
            return http.Request.HasFormContentType ? Html.Page<StalePage>(status: 403)
                : throw new Refusal(403, "foreign_form", "This was not sent from a page of this installation, or it is old. Open the page again.");
        if (token is null)
            Cookies.Write(http, Cookies.Form, token = RandomNumberGenerator.GetBytes(TokenLength), null);
        state.FormToken = Base64Url.EncodeToString(token);
        state.SignedIn = await http.RequestServices.GetRequiredService<LogIns>().Current(http);
        return await next(context);
    }

    private static async Task<bool> IsOurs(HttpContext http, byte[]? token)
    {
        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != Visit.Of(http).Origin)
            return false;
        if (token is null)
            return false;
        var sent = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync(http.RequestAborted))[PageState.FormField].ToString()
            : http.Request.Headers["Form-Token"].ToString();
        return CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(sent), System.Text.Encoding.UTF8.GetBytes(Base64Url.EncodeToString(token)));
    }
}
