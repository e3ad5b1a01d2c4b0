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
}
