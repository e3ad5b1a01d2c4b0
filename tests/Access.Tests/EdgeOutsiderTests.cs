using System.Collections.Concurrent;
using CrmPlatform.Edge;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>Every route of every service, as partners come to it: by the edge, with a key that opened it yesterday, or with nothing.</summary>
public sealed class EdgeOutsiderTests
{
    [Fact]
    public async Task No_route_lets_in_a_key_that_has_ended_or_was_revoked_or_nobody()
    {
        var crm = await TestCrm.Tenant();
        await using var apart = await Unhurried(crm);
        var edge = apart.Tenant().Service("edge").WithToken(crm.Token("crm.read"));
        await TestCrm.Eventually(async () => (await edge.Get("/users")).Expect(200), TimeSpan.FromSeconds(90)); // it has to know all services first
        var (ended, revoked) = (await Key(crm), await Key(crm));
        await TestCrm.Eventually(async () => (await edge.WithToken(ended.Secret).Get("/contacts")).Expect(200));
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        (await crm.Service("identity").Patch($"/apiKeys/{ended.Id}", new { expiresAt = yesterday })).Expect(200);
        (await crm.Service("identity").Post($"/apiKeys/{revoked.Id}/revoke")).Expect(200);
        // The token the edge has for it is good for half a minute more at most; what was revoked is refused at once.
        await TestCrm.Eventually(async () => (await edge.WithToken(ended.Secret).Get("/contacts")).Expect(401, "token_invalid"), TimeSpan.FromSeconds(60));
        var outsiders = new Dictionary<string, (Door Door, string Code)>
        {
            ["nobody"] = (edge.WithoutToken(), "token_missing"),
            ["a key that has ended"] = (edge.WithToken(ended.Secret), "token_invalid"),
            ["a key that was revoked"] = (edge.WithToken(revoked.Secret), "token_invalid"),
        };

        var (routes, wrong) = (Route.All(crm), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(outsiders, async (outsider, _) =>
        {
            foreach (var route in routes)
            {
                var answer = await outsider.Value.Door.Send(route.Method, route.Path(Guid.CreateVersion7()), route.Changes ? "{}" : null);
                if (answer.Status != 401 || answer.Code != outsider.Value.Code)
                    wrong.Add($"{route}, asked by {outsider.Key}: expected 401 {outsider.Value.Code}, but it is {answer}");
            }
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong answers of {routes.Count} routes:\n{string.Join('\n', wrong.Order().Take(40))}");
    }

    // Before the same services, where also who has no token may ask as fast as they like: of three thousand questions each would have to wait otherwise.
    private static Task<Installation> Unhurried(TestCrm crm) => Installation.Apart(
        new Dictionary<string, string>
        {
            ["CRM_UPSTREAMS"] = string.Join(',', crm.Home.Apps.Where(app => app is not EdgeApp).Select(app => $"{app.Name}={crm.Service(app.Name).Address}")),
            ["CRM_RATE_LIMITS"] = "anonymous=unlimited",
            ["CRM_KEYS"] = crm.Home.Settings.Keys,
            ["CRM_ISSUER"] = crm.Home.Settings.Issuer,
        },
        new EdgeApp());

    private static async Task<(Guid Id, string Secret)> Key(TestCrm crm)
    {
        var identity = crm.Service("identity");
        var key = (await identity.Post("/apiKeys", new { name = "Shop", roles = new[] { "readOnly" }, scopes = new[] { "crm.read" } })).Expect(201).Id;
        return (key, (await identity.Post($"/apiKeys/{key}/issue", new { })).Expect(200)["secret"].GetString()!);
    }
}
