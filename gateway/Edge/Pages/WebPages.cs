using CrmPlatform.Edge.Limits;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Edge.Pages;

/// <summary>What a browser gets: the web app's files or the built-in page, the documentation, and leave to call from other origins.</summary>
internal static class WebPages
{
    private const string ForWebApp =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] Readable =
    [
        "ETag", "Location", "Retry-After", "Crm-Operation", "Crm-Trace", "Crm-Warnings", "Idempotency-Replayed",
        "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
    ];

    public static void AddOrigins(this IServiceCollection services, Settings settings)
    {
        var origins = (settings.Cors ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(origins, o => !IsOrigin(o)) is { } wrong)
            throw new SettingsException($"CRM_CORS has the entry '{wrong}', which is no origin like https://crm.example.com.");
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .WithMethods("GET", "POST", "PATCH", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "traceparent")
            .WithExposedHeaders(Readable)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    public static void UsePages(this WebApplication app, Settings settings)
    {
        if (settings.Cors is not null)
            app.UseCors();
        var docs = Page.Read("docs.html", files: true);
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.UseWhen(http => IsPage(http.Request.Path), pages =>
        {
            // An app is many files at its first opening, an office one address.
            pages.Use((http, next) => WebApp.IsAsset(http.Request.Path) || limits.Refuse(http, null) is not { } refusal
                ? next(http) : Problems.Write(http, refusal));
            pages.Use((http, next) =>
            {
                http.Response.Headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs") ? docs.Policy : ForWebApp;
                http.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
                return next(http);
            });
            pages.UseSwaggerUI(ui => (ui.RoutePrefix, ui.IndexStream) = ("docs", docs.Open));
        });
        if (settings.Web is { } folder)
            WebApp.Map(app, folder);
        else
        {
            app.MapGet("/", Page.Read("home.html").Write);
            app.MapGet("/logged-in", NoWebApp);
        }
    }

    // Where codes for the web app are sent. Nobody here reads the address, and nothing remembers or passes on what is in it.
    private static IResult NoWebApp(HttpContext http)
    {
        (http.Response.Headers.CacheControl, http.Response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        return Results.Text("You are logged in. This installation has no web app.");
    }

    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/api") && !path.StartsWithSegments("/graphql") && !path.StartsWithSegments("/health") && !path.StartsWithSegments("/metrics");

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && text == uri.GetLeftPart(UriPartial.Authority);
}
