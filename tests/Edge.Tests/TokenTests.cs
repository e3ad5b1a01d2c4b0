using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Edge.Tests;

public sealed class TokenTests
{
    [Fact]
    public async Task Without_a_valid_token_nothing_gets_as_far_as_a_service()
    {
        var asked = 0;
        await using var service = await Behind.Start(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var edge = await Behind.Edge($"things={service.Address}");
        await Behind.Known(edge);
        var door = edge.Tenant().Service("edge");
        await using var stranger = await Behind.Edge($"things={service.Address}"); // with keys of its own

        var missing = (await door.WithoutToken().Get("/things")).Expect(401, "token_missing");
        (await door.WithToken("rubbish").Get("/things")).Expect(401, "token_invalid");
        (await door.WithToken(stranger.Tenant().Token("crm.read")).Get("/things")).Expect(401, "token_invalid");
        (await door.With("Authorization", "Basic YTpi").Get("/things")).Expect(401, "token_missing");

        Assert.Equal("application/problem+json", missing.Headers["Content-Type"]);
        Assert.StartsWith("Bearer", missing.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Equal(0, asked);
        (await door.Get("/things")).Expect(200);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_a_token_does_not_allow_the_service_refuses()
    {
        var crm = await TestCrm.Tenant();
        await Behind.Known(crm.Home);

        (await crm.Service("edge").WithToken(crm.Token("crm.read")).Post("/contacts", new { lastName = "Lovelace" })).Expect(403, "scope_missing");
    }

    [Fact]
    public async Task While_there_is_no_key_to_check_tokens_with_nobody_is_told_that_theirs_is_wrong()
    {
        await using var service = await Behind.Start(_ => Task.CompletedTask);
        await using var edge = await Behind.Edge($"things={service.Address}", ("CRM_KEYS", "http://127.0.0.1:9/.well-known/jwks.json"));
        var door = edge.Tenant().Service("edge");

        (await door.Get("/things")).Expect(503, "keys_unavailable");
        (await door.WithoutToken().Get("/things")).Expect(401, "token_missing");
        var ready = (await door.Look("/health/ready")).Expect(503);
        Assert.Contains("no token is valid", ready["services"].GetProperty("keys").ToString(), StringComparison.Ordinal);
    }
}
