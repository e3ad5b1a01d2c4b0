using System.Diagnostics.Metrics;
using CrmPlatform.Journal.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Hosting.Telemetry;

/// <summary>Metrics, traces and logs for one app of the process.</summary>
public static class TelemetryExtensions
{
    /// <summary>Registers the app's metrics and its log: JSON lines, or plain ones in development.</summary>
    public static void AddTelemetry(
        this WebApplicationBuilder builder, string service, ProcessMetrics process, LogLevel level = LogLevel.Information)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(provider => new PrometheusExporter(service, provider.GetRequiredService<IMeterFactory>(), process));
        services.AddSingleton(provider => new HttpMetrics(provider.GetRequiredService<IMeterFactory>(), service));
        services.AddSingleton(provider => new TellingMetrics(provider.GetRequiredService<IMeterFactory>(), service));
        services.AddSingleton(provider =>
            new JournalMetrics(provider.GetRequiredService<IMeterFactory>(), service, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new TelemetryName(service));

        builder.Logging.ClearProviders().SetMinimumLevel(level)
            .AddFilter("Npgsql", level > LogLevel.Warning ? level : LogLevel.Warning)
            .AddFilter("MassTransit", level > LogLevel.Warning ? level : LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", level > LogLevel.Warning ? level : LogLevel.Warning)
            .AddConsole(console => console.FormatterName = LogLines.Name)
            .AddConsoleFormatter<LogLines, LogLinesOptions>(lines =>
            {
                lines.Service = service;
                lines.Json = !builder.Environment.IsDevelopment();
            });
    }

    /// <summary>Starts to measure, names the requests' spans and answers <c>/metrics</c>; to be called before other middleware.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        var exporter = app.Services.GetRequiredService<PrometheusExporter>();
        var service = app.Services.GetRequiredService<TelemetryName>().Service;
        app.Use(next => context => RequestSpans.Name(service, context, next));
        app.MapGet("/metrics", (HttpContext context) =>
        {
            context.Response.ContentType = PrometheusExporter.ContentType;
            return context.Response.WriteAsync(exporter.Page(), context.RequestAborted);
        }).DisableHttpMetrics().AllowAnonymous().ExcludeFromDescription();
    }

    private sealed record TelemetryName(string Service);
}
