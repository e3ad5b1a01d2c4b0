using System.Text.Json.Serialization;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Hosting.Doors;

/// <summary>What every HTTP door of every service has: problems, tokens, JSON as the platform writes it, a document.</summary>
internal static class DoorsRegistration
{
    public static void AddDoors(this IServiceCollection services, string name, Settings settings)
    {
        services.AddRoutingCore();
        services.AddExceptionHandler<Problems>();
        services.AddHttpContextAccessor();
        services.AddTokens(settings);
        services.AddScoped<RequestSession>();
        services.AddTransient(p => p.GetRequiredService<RequestSession>().Session);
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddOpenApi(PublishedDocument.Name, document => document.Describe(name));
        services.AddSingleton<PublishedDocument>();
        services.AddSingleton<ApiExamples>();
    }

    public static void UseDoors(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problems.Write(context.HttpContext, ByStatus(context.HttpContext.Response.StatusCode)));
        app.UseRouting();
        app.UseMiddleware<Callers>();
        app.Use((http, next) =>
        {
            if (http.Request.Headers.ContainsKey("Idempotency-Key"))
                http.Request.EnableBuffering(); // the body is read twice: by the slice, and to recognise the request
            return next(http);
        });
    }

    private static Refusal ByStatus(int status) => status switch
    {
        404 => new Refusal(404, "no_route", "There is nothing at this address."),
        405 => new Refusal(405, "method_not_allowed", "This address does not take this method."),
        415 => new Refusal(415, "unsupported_media_type", "Send JSON (application/json)."),
        _ => new Refusal(status, "refused", "The request was refused."),
    };
}
