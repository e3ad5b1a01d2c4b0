using System.Text;
using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Beside;
using CrmPlatform.Testing.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CrmPlatform.Shared.Tests.Beside;

/// <summary>An app asked by one beside it: what a server promises its pipeline, without a connection.</summary>
public sealed class NeighboursTests
{
    [Fact]
    public async Task What_is_written_in_parts_comes_whole_with_what_is_done_before_and_after()
    {
        await using var host = await Start(out var app);
        var neighbours = host.ServicesOf(app).GetRequiredService<Neighbours>();

        using var answer = await neighbours.Ask("things", Request("POST", "/parts", "ä body"), TestContext.Current.CancellationToken)!;

        Assert.Equal(201, answer.Status);
        Assert.Equal("before", answer.Headers["Crm-Started"]);
        Assert.Equal($"ä body{new string('x', 100_000)}", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.True(app.Completed);
    }

    [Fact]
    public async Task Who_stops_waiting_is_seen_to_go_and_gets_no_answer()
    {
        await using var host = await Start(out var app);
        var neighbours = host.ServicesOf(app).GetRequiredService<Neighbours>();
        using var patience = new CancellationTokenSource();

        var asked = neighbours.Ask("things", Request("GET", "/endless", ""), patience.Token)!;
        await app.Begun.Task;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.True(app.SawItEnd);
    }

    [Fact]
    public async Task Who_does_not_serve_any_more_is_not_asked()
    {
        await using var host = await Start(out var app);
        var neighbours = host.ServicesOf(app).GetRequiredService<Neighbours>();
        Assert.Null(neighbours.Ask("others", Request("GET", "/parts", ""), TestContext.Current.CancellationToken));

        await host.Stop();

        Assert.Null(neighbours.Ask("things", Request("GET", "/parts", ""), TestContext.Current.CancellationToken));
    }

    private static Task<CrmHost> Start(out Things app)
    {
        app = new();
        return CrmHost.Start(new Settings(new Dictionary<string, string> { ["CRM_PORT"] = $"{Ports.Block(1)}", ["CRM_LOG"] = "Critical" }), [app]);
    }

    private static PassedRequest Request(string method, string path, string body) =>
        new(method, path, "", new HeaderDictionary { ["Content-Type"] = "text/plain" }, Encoding.UTF8.GetBytes(body));

    private sealed class Things : App
    {
        public override string Name => "things";

        public override int PortOffset => 0;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool SawItEnd { get; private set; }

        public bool Completed { get; private set; }

        protected internal override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
        {
            // Nothing is needed.
        }

        protected internal override void Map(WebApplication app)
        {
            app.MapPost("/parts", async http =>
            {
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers["Crm-Started"] = "before";
                    return Task.CompletedTask;
                });
                http.Response.OnCompleted(() =>
                {
                    Completed = true;
                    return Task.CompletedTask;
                });
                http.Response.StatusCode = 201;
                await http.Request.Body.CopyToAsync(http.Response.Body, http.RequestAborted);
                for (var i = 0; i < 10; i++)
                    await http.Response.WriteAsync(new string('x', 10_000), http.RequestAborted);
            });
            app.MapGet("/endless", async http =>
            {
                Begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, http.RequestAborted);
                }
                finally
                {
                    SawItEnd = http.RequestAborted.IsCancellationRequested;
                }
            });
        }
    }
}
