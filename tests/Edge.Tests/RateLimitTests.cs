using System.Globalization;
using CrmPlatform.Hosting;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_tenant_may_use_its_burst_and_then_waits_while_others_go_on()
    {
        await using var service = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_RATE_LIMITS", "standard=1/5"));
        await Behind.Known(edge);
        var (door, other) = (edge.Tenant().Service("edge"), edge.Tenant().Service("edge"));

        var first = (await door.Get("/things")).Expect(200);
        var all = new List<Reply>();
        for (var i = 0; i < 8; i++)
            all.Add(await door.Get("/things"));

        Assert.Equal("5", first.Headers["RateLimit-Limit"]);
        Assert.Equal("4", first.Headers["RateLimit-Remaining"]);
        Assert.Equal("1", first.Headers["RateLimit-Reset"]);
        var refused = all.Last(r => r.Status == 429).Expect(429, "rate_limited");
        Assert.InRange(all.Count(r => r.Status == 200), 4, 6); // one or two may have flowed in meanwhile
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.Equal("0", refused.Headers["RateLimit-Remaining"]);
        Assert.Equal("5", refused.Headers["RateLimit-Reset"]);
        (await other.Get("/things")).Expect(200);
        await TestCrm.Eventually(async () => (await door.Get("/things")).Expect(200)); // it flows in again
    }

    [Fact]
    public async Task Who_has_no_token_is_counted_by_address_and_takes_nothing_from_a_tenant()
    {
        await using var service = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_RATE_LIMITS", "anonymous=1/3"));
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");

        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
            statuses.Add((await door.WithoutToken().Get("/things")).Status);

        Assert.Equal([401, 401, 401], statuses.Take(3));
        Assert.Contains(429, statuses);
        var allowed = (await door.Get("/things")).Expect(200);
        Assert.Equal("199", allowed.Headers["RateLimit-Remaining"]);
        Assert.Equal(200, (await door.Look("/health/live")).Status); // probes are not counted
    }

    [Fact]
    public async Task A_plan_without_limits_shows_none()
    {
        await using var service = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_RATE_LIMITS", "standard=unlimited"));
        await Behind.Known(edge);

        Assert.False((await edge.Tenant().Service("edge").Get("/things")).Expect(200).Headers.ContainsKey("RateLimit-Limit"));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("standard=1")]
    [InlineData("standard=0/5")]
    [InlineData("=1/5")]
    [InlineData("standard=many/5")]
    public async Task Limits_that_cannot_be_read_stop_the_start_with_a_sentence(string limits)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => Behind.Edge("things=http://127.0.0.1:9", ("CRM_RATE_LIMITS", limits)));

        Assert.Contains(limits.ToString(CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
    }
}
