using System.Text.Json;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class HeaderTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Nobody_outside_speaks_in_the_platforms_name()
    {
        await using var service = await Echo();
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);
        var crm = edge.Tenant();

        var heard = await crm.Service("edge").With("Crm-Tenant", "somebody else").With("crm-operation", $"{Guid.CreateVersion7()}").With("Crm-Dry-Run", "true")
            .With("X-Forwarded-For", "10.0.0.1").With("X-Forwarded-Prefix", "/evil").With("X-Real-IP", "10.0.0.1").With("Forwarded", "for=10.0.0.1")
            .With("Accept-Language", "de").Get("/things");

        Assert.Equal($"{crm.Id}", heard["Crm-Tenant"].GetString());
        Assert.Equal("127.0.0.1", heard["X-Forwarded-For"].GetString());
        Assert.Equal("http", heard["X-Forwarded-Proto"].GetString());
        Assert.Equal("de", heard["Accept-Language"].GetString());
        Assert.DoesNotContain(heard.Body.EnumerateObject(), h =>
            h.Name.ToLowerInvariant() is "crm-operation" or "crm-dry-run" or "x-forwarded-prefix" or "x-real-ip" or "forwarded");
    }

    [Fact]
    public async Task An_operation_is_named_by_the_platform_never_by_the_caller()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);
        var own = Guid.CreateVersion7();

        var made = (await crm.Service("edge").With("Crm-Operation", $"{own}").Post("/contacts", new { lastName = "Lovelace" })).Expect(201);

        Assert.NotEqual(own, made.Operation);
    }

    [Fact]
    public async Task The_callers_trace_goes_on_and_the_answer_names_it()
    {
        await using var service = await Echo();
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");

        var given = await door.With("traceparent", $"00-{Trace}-b7ad6b7169203331-01").Get("/things");
        var begun = await door.Get("/things");

        Assert.Equal(Trace, given.Headers["Crm-Trace"]);
        Assert.StartsWith($"00-{Trace}-", given["traceparent"].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", given["traceparent"].GetString()!, StringComparison.Ordinal); // the edge's span is the parent now
        Assert.StartsWith($"00-{begun.Headers["Crm-Trace"]}-", begun["traceparent"].GetString(), StringComparison.Ordinal);
        var problem = (await door.WithoutToken().Get("/things")).Expect(401);
        Assert.Equal(problem.Headers["Crm-Trace"], problem["traceId"].GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/contacts")]
    [InlineData("/nowhere")]
    public async Task Every_answer_tells_the_browser_what_not_to_do(string path)
    {
        var answer = await (await TestCrm.Tenant()).Service("edge").Look(path);

        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("default-src ", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(32, answer.Headers["Crm-Trace"].Length);
        Assert.False(answer.Headers.ContainsKey("Server"));
        Assert.False(answer.Headers.ContainsKey("Strict-Transport-Security")); // only where there is TLS
    }

    private static Task<Behind> Echo() => Behind.Start(http =>
        http.Response.WriteAsync(JsonSerializer.Serialize(http.Request.Headers.ToDictionary(h => h.Key, h => $"{h.Value}", StringComparer.OrdinalIgnoreCase))));
}
