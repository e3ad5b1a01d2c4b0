using CrmPlatform.Identity.LogIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Identity.Pages;

/// <summary>Answers of pages.</summary>
public static class Html
{
    /// <summary>A page: a component whose parameter <c>It</c> is what it shows.</summary>
    public static IResult Page<TPage>(object? it = null, int status = 200)
        where TPage : IComponent => new Rendered(typeof(TPage), it, status);

    /// <summary>On to another page: whoever sends a form twice does not do it twice.</summary>
    public static IResult GoTo(string path) => new Redirect(path);

    /// <summary>A span of time as people say it.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        <= 1 => "a second",
        < 90 => $"{(int)Math.Ceiling(time.TotalSeconds)} seconds",
        < 5400 => $"{(int)Math.Ceiling(time.TotalMinutes)} minutes",
        < 172800 => $"{(int)Math.Ceiling(time.TotalHours)} hours",
        _ => $"{(int)Math.Ceiling(time.TotalDays)} days",
    };

    // A form may lead on to the program that sent somebody here: browsers hold the whole way to what the page with the form allows.
    private static string Policy(HttpContext http) =>
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + $"form-action 'self'{Program(http)}; base-uri 'none'; frame-ancestors 'none'";

    private static string? Program(HttpContext http)
    {
        var returnTo = http.Request.Query["returnTo"].ToString() is { Length: > 0 } asked ? asked : http.Request.GetEncodedPathAndQueryOf();
        return Uri.TryCreate(new Uri("http://here"), returnTo, out var way)
            && System.Web.HttpUtility.ParseQueryString(way.Query)["redirect_uri"] is { } back
            && Uri.TryCreate(back, UriKind.Absolute, out var program)
            ? program.Scheme is "http" or "https" ? $" {program.GetLeftPart(UriPartial.Authority)}" : $" {program.Scheme}:" : null;
    }

    private static string GetEncodedPathAndQueryOf(this HttpRequest request) => request.Path + request.QueryString;

    private sealed class Redirect(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }

    private sealed class Rendered(Type page, object? it, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var renderer = new HtmlRenderer(
                httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
            var parameters = it is null ? ParameterView.Empty : ParameterView.FromDictionary(new Dictionary<string, object?> { ["It"] = it });
            var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(page, parameters)).ToHtmlString());
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = Policy(httpContext);
            response.Headers["Referrer-Policy"] = "same-origin"; // no-referrer would make the origin of our own forms null
            response.Headers.XContentTypeOptions = "nosniff";
            await response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
