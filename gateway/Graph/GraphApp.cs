using CrmPlatform.Access;
using CrmPlatform.Graph.Model;
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
        builder.Services.AddSingleton<GraphDoor>();
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => new { status = "alive" }).DisableHttpMetrics();
        app.MapGet("/health/ready", (KeyRing keys) => keys.Count > 0
            ? Results.Json(new { service = Name, status = "ready", reasons = new { } })
            : Results.Json(new { service = Name, status = "unavailable", reasons = new { keys = keys.Trouble } }, statusCode: 503)).DisableHttpMetrics();
        app.MapGet("/openapi/v1.json", () => Results.Text(Offer.Document, "application/json"));
        app.MapMethods(Offer.Path, ["GET", "POST"], app.Services.GetRequiredService<GraphDoor>().Handle);
        app.MapGet(Explorer.Path, Explorer.Write);
    }
}
