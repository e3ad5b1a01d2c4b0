using CrmPlatform.Hosting.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CrmPlatform.Shared.Tests.Doors;

public sealed class WhenAskedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_route_is_made_by_its_first_request_once_with_all_that_its_group_says_of_it()
    {
        var made = 0;
        await using var app = Empty();
        app.MapGroup("/api").AddEndpointFilterFactory((_, next) =>
        {
            Interlocked.Increment(ref made);
            return next;
        }).MapWhenAsked("/doubled/{number:int}", "GET", (int number) => number * 2).WithName("Doubled");

        await app.StartAsync(Cancel);
        var endpoint = Assert.Single(app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        Assert.Equal("Doubled", endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
        Assert.Equal(typeof(int), endpoint.Metadata.GetMetadata<IProducesResponseTypeMetadata>()?.Type); // read off the handler
        Assert.Equal(0, made);

        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => http.GetStringAsync($"/api/doubled/{n}", Cancel)));

        Assert.Equal(["2", "4", "6", "8", "10", "12", "14", "16"], answers);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task What_a_handler_cannot_be_given_is_said_before_anybody_asks()
    {
        await using var app = Empty();
        app.MapWhenAsked("/two", "POST", (One one, Two two) => one.Name + two.Name); // there is one body

        await app.StartAsync(Cancel);
        var wrong = Assert.Throws<InvalidOperationException>(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count);

        Assert.Contains("Body", wrong.Message, StringComparison.Ordinal);
    }

    private static WebApplication Empty()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private sealed record One(string Name);

    private sealed record Two(string Name);
}
