using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class RoutingTests
{
    [Fact]
    public async Task What_a_service_publishes_is_reached_through_the_edge()
    {
        var crm = await TestCrm.Tenant();
        var edge = crm.Service("edge");
        await Behind.Known(crm.Home);

        var made = (await edge.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var read = (await edge.Get($"/contacts/{made.Id}")).Expect(200);

        Assert.Equal("Lovelace", read["lastName"].GetString());
        Assert.Equal("\"1\"", made.Headers["ETag"]);
        (await crm.Contacts.Get($"/contacts/{made.Id}")).Expect(200);
        (await edge.IfMatch(7).Patch($"/contacts/{made.Id}", new { lastName = "King" })).Expect(412, "stale");
        (await edge.Delete($"/contacts/{made.Id}")).Expect(204);
    }

    [Fact]
    public async Task What_nobody_publishes_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);

        (await crm.Service("edge").Get("/unheard-of")).Expect(404, "no_route");
        Assert.Equal(404, (await crm.Service("edge").WithoutToken().Look("/nothing")).Status);
    }

    [Fact]
    public async Task What_a_service_keeps_for_its_operators_is_not_reached_through_the_edge()
    {
        var crm = await TestCrm.Tenant();

        Assert.Equal(404, (await crm.Service("edge").Look("/ops/parked")).Status);
    }

    [Fact]
    public async Task Until_all_services_are_known_an_unknown_path_may_still_come()
    {
        await using var edge = await Behind.Edge("things=http://127.0.0.1:9");

        var early = (await edge.Tenant().Service("edge").Get("/things")).Expect(503, "service_unavailable");

        Assert.Equal("2", early.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_a_503_without_its_address_and_returns_without_a_restart()
    {
        var service = await Behind.Start(http => http.Response.WriteAsync("here"));
        var port = service.Address.Port;
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");
        (await door.Get("/things")).Expect(200);

        await service.DisposeAsync();
        var away = (await door.Get("/things")).Expect(503, "service_unavailable");
        Assert.Equal("application/problem+json", away.Headers["Content-Type"]);
        Assert.Equal("2", away.Headers["Retry-After"]);
        Assert.DoesNotContain("127.0.0.1", away.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{port}", away.Text, StringComparison.Ordinal);
        Assert.Equal("nosniff", away.Headers["X-Content-Type-Options"]);

        await using var other = await Behind.Start(http => http.Response.WriteAsync("back"), Publishes("/api/v1/things", "/api/v1/stuff"), port);
        Assert.Equal("back", (await door.Get("/things")).Expect(200).Text);
        await TestCrm.Eventually(async () => (await door.Get("/stuff")).Expect(200)); // it offers more than before
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_a_504()
    {
        await using var service = await Behind.Start(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_EDGE_TIMEOUT", "1"));
        await Behind.Known(edge);

        (await edge.Tenant().Service("edge").Get("/things")).Expect(504, "timed_out");
    }

    [Fact]
    public async Task A_service_that_hangs_up_is_a_503_before_its_answer_and_a_cut_connection_within_it()
    {
        await using var service = await Behind.Start(async http =>
        {
            if (http.Request.Query.ContainsKey("late"))
                await http.Response.Body.WriteAsync(new byte[100_000]);
            http.Abort();
        });
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");

        (await door.Get("/things")).Expect(503, "service_unavailable");
        await Assert.ThrowsAnyAsync<Exception>(() => door.Get("/things?late"));
    }

    [Fact]
    public async Task A_large_answer_passes_whole()
    {
        await using var service = await Behind.Start(http => http.Response.Body.WriteAsync(new byte[20_000_000]).AsTask());
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);

        Assert.Equal(20_000_000, (await edge.Tenant().Service("edge").Get("/things")).Expect(200).Text.Length);
    }

    private static object Publishes(params string[] paths) => new { openapi = "3.1.1", paths = paths.ToDictionary(p => p, _ => new { }) };
}
