using CrmPlatform.Access;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Graph.Transport;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Graph;

/// <summary>One graph over the records of all services, behind the edge: GraphQL over HTTP, and a page to try it on.</summary>
public sealed class GraphApp : App
{
    internal const string Itself = "graph";

    /// <inheritdoc/>
    public override string Name => "graph";

    /// <inheritdoc/>
    public override int PortOffset => 31;

    /// <inheritdoc/>
    protected internal override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = GraphRequest.LargestBody);
        builder.Services.AddTokens(settings);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Upstreams.Services>(provider, neighbours));
        builder.Services.AddSingleton<ServiceClient>();
        builder.Services.AddSingleton<Graphs>();
        builder.Services.AddSingleton<PersistedOperations>();
        builder.Services.AddSingleton<Answering>();
        builder.Services.AddSingleton<Admission>();
        builder.Services.AddSingleton<GraphDoor>();
        builder.Services.AddSingleton<EventStreamDoor>();
        builder.Services.AddSingleton<SocketDoor>();
        builder.Services.AddSubscriptions();
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        var often = EventStreamDoor.KeepAlive(app.Services.GetRequiredService<Settings>());
        app.UseWebSockets(new() { KeepAliveInterval = often, KeepAliveTimeout = often * 3 });
        app.MapGet("/health/live", () => new { status = "alive" }).DisableHttpMetrics();
        app.MapGet("/health/ready", Ready).DisableHttpMetrics();
        app.MapGet("/openapi/v1.json", () => Results.Text(Offer.Document, "application/json"));
        var (door, stream, socket) = (app.Services.GetRequiredService<GraphDoor>(), app.Services.GetRequiredService<EventStreamDoor>(),
            app.Services.GetRequiredService<SocketDoor>());
        app.MapMethods(Offer.Path, ["GET", "POST"], (HttpContext http) => http.WebSockets.IsWebSocketRequest ? socket.Handle(http)
            : EventStreamDoor.IsWanted(http.Request) ? stream.Handle(http) : door.Handle(http));
        app.MapGet(Explorer.Path, Explorer.Write);
    }

    // Without the broker questions are answered, and whoever listens is told nothing.
    private IResult Ready(KeyRing keys, Feed feed)
    {
        var reasons = new Dictionary<string, string?>();
        if (keys.Trouble is { } unknown)
            reasons["keys"] = unknown;
        if (feed.Trouble is not null)
            reasons["broker"] = "cannot be reached";
        return Results.Json(
            new { service = Name, status = keys.Count == 0 ? "unavailable" : reasons.Count > 0 ? "degraded" : "ready", reasons },
            statusCode: keys.Count == 0 ? 503 : 200);
    }
}
