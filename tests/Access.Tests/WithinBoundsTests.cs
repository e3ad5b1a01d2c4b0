using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.People;
using CrmPlatform.Journal;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>Not beside tests that have services take up thousands of events.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What is decided in one service holds in all of them, nobody is started again, and it is not long in coming.</summary>
[Collection(nameof(Alone))]
public sealed class WithinBoundsTests
{
    private static readonly TimeSpan ForRoles = TimeSpan.FromSeconds(5), ForSessions = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_changed_role_counts_in_every_service_within_five_seconds()
    {
        var crm = await TestCrm.Tenant();
        var identity = crm.Service("identity");
        var role = (await identity.Post("/roles", new { name = "clerk", title = "Clerk" })).Expect(201).Id;
        var token = crm.TokenOf(Guid.CreateVersion7(), ["clerk"]);
        Task All(int status, TimeSpan within) => Everywhere(crm, within, async door => (await door.WithToken(token).Get("/audit")).Expect(status));
        (await identity.Patch($"/roles/{role}", new { privileges = new[] { "audit" } })).Expect(200);
        await All(200, TimeSpan.FromMinutes(1)); // all that other tests have told is taken up by then

        (await identity.Patch($"/roles/{role}", new { privileges = Array.Empty<string>() })).Expect(200);
        await All(403, ForRoles);
        (await identity.Patch($"/roles/{role}", new { privileges = new[] { "audit" } })).Expect(200);
        await All(200, ForRoles);
    }

    [Fact]
    public async Task A_sign_in_that_was_revoked_opens_no_service_a_minute_later()
    {
        var crm = await TestCrm.Tenant();
        await using var session = crm.Home.Get<Sessions>("identity").Begin(
            new Cause(new Actor(ActorKind.Platform, "test", "Test"), crm.Id, Guid.CreateVersion7(), null), TestContext.Current.CancellationToken);
        var somebody = await session.Create(new User { Name = "Ada", Email = $"ada@{crm.Id}.example", Status = UserStatus.Active });
        var signIn = await session.Create(new SignIn { UserId = somebody.Id, StartedAt = session.Now, Device = "Phone" });
        await session.Commit();
        var token = crm.Home.Token(crm.Caller(somebody.Id) with { Source = signIn.Id, Version = somebody.Version });
        await Everywhere(crm, ForSessions, async door => (await door.WithToken(token).Get("/model")).Expect(200));

        (await crm.Service("identity").Post($"/signIns/{signIn.Id}/revoke")).Expect(200);

        await Everywhere(crm, ForSessions, async door => (await door.WithToken(token).Get("/model")).Expect(401, "token_revoked"));
    }

    private static Task Everywhere(TestCrm crm, TimeSpan within, Func<Door, Task> holds) => Task.WhenAll(
        Route.All(crm).Select(r => r.Service).Distinct().Select(service => TestCrm.Eventually(() => holds(crm.Service(service)), within)));
}
