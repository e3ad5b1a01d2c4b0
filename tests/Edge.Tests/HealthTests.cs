using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task The_edge_is_ready_when_its_services_are()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);

        Assert.Equal(200, (await crm.Service("edge").Look("/health/live")).Status);
        await TestCrm.Eventually(async () =>
        {
            var ready = (await crm.Service("edge").Look("/health/ready")).Expect(200);
            Assert.Equal("ready", ready["status"].GetString());
            Assert.Equal("ready", ready["services"].GetProperty("contacts").GetProperty("status").GetString());
        });
    }

    [Fact]
    public async Task One_service_away_makes_the_whole_unavailable_and_says_which()
    {
        await using var here = await Behind.Start(http => http.Response.WriteAsync("here"));
        await using var edge = await Behind.Edge($"here={here.Address},gone=http://127.0.0.1:9");

        await TestCrm.Eventually(async () =>
        {
            var state = (await edge.Tenant().Service("edge").Look("/health/ready")).Expect(503);
            Assert.Equal("unavailable", state["status"].GetString());
            Assert.Equal("ready", state["services"].GetProperty("here").GetProperty("status").GetString());
            Assert.Equal("cannot be reached", state["services"].GetProperty("gone").GetProperty("reasons").GetProperty("service").GetString());
            Assert.DoesNotContain("127.0.0.1", state.Text, StringComparison.Ordinal);
        });
        Assert.Equal(200, (await edge.Tenant().Service("edge").Look("/health/live")).Status);
    }
}
