using System.Text.Json;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Edge.Tests;

/// <summary>A server behind the edge that does what no service of ours would: hangs, hangs up, floods, repeats what it was sent.</summary>
internal sealed class Behind : IAsyncDisposable
{
    private readonly WebApplication app;

    private Behind(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>Starts one that publishes <c>/api/v1/things</c> and answers everything else by <paramref name="answer"/>.</summary>
    public static async Task<Behind> Start(RequestDelegate answer, object? document = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var text = JsonSerializer.Serialize(document ?? new { openapi = "3.1.1", paths = new Dictionary<string, object> { ["/api/v1/things"] = new { } } });
        app.MapGet("/openapi/v1.json", () => Results.Text(text, "application/json"));
        app.MapGet("/health/ready", () => new { service = "things", status = "ready", reasons = new { } });
        app.Map("/{**path}", answer);
        await app.StartAsync();
        return new Behind(app);
    }

    /// <summary>An edge of its own in front of servers like this one.</summary>
    public static async Task<Installation> Edge(string upstreams, params (string Name, string Value)[] variables) => await Installation.Apart(
        variables.Append(("CRM_UPSTREAMS", upstreams)).ToDictionary(v => v.Item1, v => v.Item2), new EdgeApp());

    /// <summary>Waits until the edge has read what all of them publish.</summary>
    public static Task Known(Installation edge) => Known(edge.Tenant().Service("edge"));

    /// <summary>The same, with a token the edge accepts.</summary>
    public static Task Known(Door edge) => TestCrm.Eventually(async () => (await edge.Get("/nothing-is-here")).Expect(404));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true)); // at once, also with requests under way
        await app.DisposeAsync();
    }
}
