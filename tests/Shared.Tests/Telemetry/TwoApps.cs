using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Shared.Tests.Telemetry;

/// <summary>Two apps of one process, each with its own container and address, as the all-in-one host runs them.</summary>
internal sealed class TwoApps : IAsyncDisposable
{
    private readonly ProcessMetrics process = new();

    private TwoApps()
    {
        Contacts = Build("contacts");
        Activities = Build("activities");
    }

    public WebApplication Contacts { get; }

    public WebApplication Activities { get; }

    public static async Task<TwoApps> Start()
    {
        var apps = new TwoApps();
        await Task.WhenAll(apps.Contacts.StartAsync(), apps.Activities.StartAsync());
        return apps;
    }

    public static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    public async ValueTask DisposeAsync()
    {
        await Contacts.DisposeAsync();
        await Activities.DisposeAsync();
        process.Dispose();
    }

    private WebApplication Build(string service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTelemetry(service, process, LogLevel.Error);
        var app = builder.Build();
        app.UseTelemetry();
        app.MapGet("/api/v1/things/{id}", (int id) => id == 0 ? Results.NotFound() : Results.Ok(new { id }));
        app.MapGet("/broken", int () => throw new InvalidOperationException("broken on purpose"));
        return app;
    }
}
