using CrmPlatform.Edge.Calls;
using CrmPlatform.Edge.Details;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Limits;
using CrmPlatform.Edge.Operations;
using CrmPlatform.Edge.Pages;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Edge;

/// <summary>The one door to the outside: who may come in, how often, and what stands behind which path.</summary>
public sealed class EdgeApp : App
{
    /// <inheritdoc/>
    public override string Name => "edge";

    /// <inheritdoc/>
    public override int PortOffset => 0;

    /// <inheritdoc/>
    protected internal override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = Gate.LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Logging.AddFilter("Yarp", LogLevel.None); // two lines a request, a stack trace a failure: Forward says it in one
        services.AddHttpForwarder();
        services.AddSingleton(UpstreamList.From(settings, neighbours));
        services.AddSingleton<UpstreamClient>();
        services.AddHostedService<Discovery>();
        services.AddSingleton<Readiness>();

        services.AddTokens(settings);
        services.AddSingleton<CallLog>();
        services.AddHostedService<CallTeller>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Proxies>();
        services.AddSingleton<Problems>();
        services.AddSingleton<Forward>();
        services.AddSingleton<Everywhere>();
        services.AddSingleton<GetOperation>();
        services.AddSingleton<UndoOperation>();
        services.AddSingleton<GetModel>();
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<DetailQuestions>(p, neighbours));
        services.AddSingleton<GetDetail>();
        services.AddSingleton<GetAudit>();
        services.AddOrigins(settings);
        Smaller.Add(services);
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        app.UseMiddleware<Gate>();
        app.UsePages(app.Services.GetRequiredService<Settings>());
        app.UseResponseCompression();
        app.Use(app.Services.GetRequiredService<Forward>().HandleOpen);
        app.MapGet("/health/live", () => new { status = "alive" }).DisableHttpMetrics();
        app.MapGet("/health/ready", (Readiness readiness) => readiness.Answer()).DisableHttpMetrics();
        app.MapGet("/openapi/v1.json", (HttpContext http, UpstreamList upstreams) => upstreams.Current.Document.Write(http));
        app.MapGet(GetOperation.Route, (HttpContext http, Guid id, GetOperation slice) => slice.Handle(http, id));
        app.MapPost(UndoOperation.Route, (HttpContext http, Guid id, UndoOperation slice) => slice.Handle(http, id));
        app.MapGet(GetAudit.Route, (HttpContext http, GetAudit slice) => slice.Handle(http));
        app.MapGet(GetModel.Route, (HttpContext http, GetModel slice) => slice.Handle(http));
        app.MapGet(GetDetail.Route, (HttpContext http, string plural, Guid id, GetDetail slice) => slice.Handle(http, plural, id));
        app.Map("/api/{**path}", app.Services.GetRequiredService<Forward>().Handle);
        app.Map(Forward.Graph, app.Services.GetRequiredService<Forward>().HandleGraph);
    }
}
