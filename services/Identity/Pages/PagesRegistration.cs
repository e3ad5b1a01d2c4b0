using CrmPlatform.Identity.LogIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Identity.Pages;

/// <summary>The pages of the service, and what they are made with.</summary>
internal static class PagesRegistration
{
    /// <summary>The first parts of all paths under which there are pages: what the edge passes on.</summary>
    public static readonly string[] Paths = ["/log-in", "/log-out", "/account", "/assets/identity"];

    public static void AddPages(this IServiceCollection services)
    {
        services.AddScoped<PageState>();
        services.AddSingleton<PageSessions>();
        services.AddSingleton<LogIns>();
        services.AddSingleton<LoggingIn>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<LogInMetrics>();
    }

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        PageFiles.Map(app);
        var pages = app.MapGroup("").AddEndpointFilter<PageGate>().ExcludeFromDescription();
        LogInPages.Map(pages);
        AccountPages.Map(pages);
    }
}
