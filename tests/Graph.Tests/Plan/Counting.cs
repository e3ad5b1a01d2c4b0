using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CrmPlatform.Graph.Tests.Plan;

/// <summary>A graph of its own before the shared services, by way of lines that count what is asked and can be cut.</summary>
internal sealed class Counting : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly List<WebApplication> lines = [];
    private readonly ConcurrentQueue<string> asked = new();
    private Installation? graph;
    private int models;

    /// <summary>The graph.</summary>
    public Door Graph { get; private set; } = null!;

    /// <summary>The service whose records cannot be read.</summary>
    public string? Cut { get; set; }

    /// <summary>How often a service was asked for its model.</summary>
    public int Models => models;

    /// <summary>What was read since the last look, in order.</summary>
    public IReadOnlyList<string> Asked()
    {
        var all = new List<string>();
        while (asked.TryDequeue(out var one))
            all.Add(one);
        return [.. all.Order(StringComparer.Ordinal)];
    }

    public static async Task<Counting> Of(TestCrm crm, params (string Name, string Value)[] variables)
    {
        var made = new Counting();
        var upstreams = new List<string>();
        foreach (var service in (string[])["contacts", "identity"])
            upstreams.Add($"{service}={await made.Line(service, crm.Service(service).Address)}");
        var told = variables.ToDictionary(v => v.Name, v => v.Value);
        told["CRM_UPSTREAMS"] = string.Join(',', upstreams);
        (told["CRM_KEYS"], told["CRM_ISSUER"]) = (crm.Home.Settings.Keys, crm.Home.Settings.Issuer);
        made.graph = await Installation.Apart(told, new GraphApp());
        // Keys that come later make new callers of those it knew, and whom it does not know it asks for.
        await TestCrm.Eventually(() => Assert.Null(made.graph.Get<KeyRing>("graph").Trouble));
        made.Graph = made.graph.Tenant().Service("graph").WithToken(crm.Token("crm.read", "crm.write"));
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (graph is not null)
            await graph.DisposeAsync();
        foreach (var line in lines)
        {
            await line.StopAsync(new CancellationToken(canceled: true)); // at once, also with requests under way
            await line.DisposeAsync();
        }
        http.Dispose();
    }

    private async Task<string> Line(string service, Uri to)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/{**path}", (HttpContext call) => Pass(service, to, call));
        await app.StartAsync();
        lines.Add(app);
        return app.Urls.First();
    }

    private async Task Pass(string service, Uri to, HttpContext call)
    {
        if (call.Request.Path.Value!.EndsWith("/read", StringComparison.Ordinal))
        {
            asked.Enqueue(call.Request.Path.Value["/api/v1/".Length..^"/read".Length]);
            if (Cut == service)
            {
                call.Response.StatusCode = 503;
                return;
            }
        }
        if (call.Request.Path.Value!.EndsWith("/model", StringComparison.Ordinal))
            Interlocked.Increment(ref models);
        using var request = new HttpRequestMessage(new(call.Request.Method), new Uri(to, call.Request.Path + call.Request.QueryString));
        if (call.Request.ContentLength > 0)
            request.Content = new StreamContent(call.Request.Body) { Headers = { ContentType = new("application/json") } };
        request.Headers.TryAddWithoutValidation("Authorization", call.Request.Headers.Authorization.ToString());
        using var response = await http.SendAsync(request);
        call.Response.StatusCode = (int)response.StatusCode;
        call.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(call.Response.Body);
    }
}
