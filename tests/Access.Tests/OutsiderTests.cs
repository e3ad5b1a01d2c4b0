using System.Reflection;
using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>Every route of every service, from the services' own tables: a new one is asked without anybody thinking of it.</summary>
public sealed class OutsiderTests
{
    [Fact]
    public async Task No_route_of_any_service_lets_in_who_has_no_token_that_counts()
    {
        var crm = await TestCrm.Tenant();
        var (user, source) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = TimeProvider.System.GetUtcNow();
        string Token(Caller caller) => crm.Home.Token(caller);
        var outsiders = new Dictionary<string, (string? Token, int Status, string Code)>
        {
            ["nobody"] = (null, 401, "token_missing"),
            ["a stranger to signatures"] = (Token(crm.Caller(user))[..^6] + "AAAAAA", 401, "token_invalid"),
            ["somebody too late"] = (Token(crm.Caller(user) with { Expires = now.AddMinutes(-2) }), 401, "token_expired"),
            ["somebody who was signed out"] = (Token(crm.Caller(user) with { Source = source }), 401, "token_revoked"),
            ["a program whose connection was ended"] = (Token(crm.Caller(user) with { Connection = source }), 401, "token_revoked"),
            ["somebody elsewhere"] =
                (Token(crm.Caller(user) with { Networks = [System.Net.IPNetwork.Parse("192.0.2.0/24")] }), 403, "address_not_allowed"),
            ["somebody without a scope"] = (Token(crm.Caller(user) with { Scopes = new HashSet<string>() }), 403, "scope_missing"),
        };
        var (routes, wrong) = (Route.All(crm), new List<string>());
        Assert.Equal(AllServices(), routes.Select(r => r.Service).Distinct().Order());
        await crm.Tell("identity.signIn.revoked", source, 2, "{}");
        foreach (var service in routes.Select(r => r.Service).Distinct())
            await TestCrm.Eventually(async () =>
                (await crm.Service(service).WithToken(outsiders["somebody who was signed out"].Token!).Get("/model")).Expect(401, "token_revoked"));

        foreach (var route in routes)
            foreach (var (who, (token, status, code)) in outsiders)
            {
                var door = token is null ? crm.Service(route.Service).WithoutToken() : crm.Service(route.Service).WithToken(token);
                var answer = await door.Send(route.Method, route.Path(Guid.CreateVersion7()), route.Changes ? "{}" : null);
                if (answer.Status != status || answer["code"].GetString() != code)
                    wrong.Add($"{route}, asked by {who}: expected {status} {code}, but it is {answer}");
            }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong answers of {routes.Count} routes:\n{string.Join('\n', wrong.Take(40))}");
    }

    // Those that are one program on a developer's machine: a new one is there as soon as it is in that list.
    private static IEnumerable<string> AllServices() => Assembly.Load("CrmPlatform.AllInOne").GetReferencedAssemblies()
        .SelectMany(name => Assembly.Load(name).GetExportedTypes()).Where(type => type.IsSubclassOf(typeof(Service)))
        .Select(type => ((Service)Activator.CreateInstance(type)!).Name).Order();

    [Fact]
    public async Task Whoever_has_no_role_changes_nothing_and_is_shown_nothing_anywhere()
    {
        var crm = await TestCrm.Tenant();
        var (world, wrong) = (await World.Of(crm), new List<string>());
        foreach (var route in Route.All(crm))
        {
            var door = crm.Service(route.Service).WithToken(crm.TokenOf(Guid.CreateVersion7(), []));
            var answer = await door.Send(route.Method, route.Path(world.Id(route)), route.Changes ? "{}" : null);
            if (world.IsTold(answer.Text) || (answer.Status < 300 && !(World.IsOpen(route) || !route.Changes)) || answer.Status >= 500)
                wrong.Add($"{route}: {answer}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    [Fact]
    public async Task Another_tenant_is_told_nothing_and_changes_nothing_anywhere()
    {
        var crm = await TestCrm.Tenant();
        var (world, wrong) = (await World.Of(crm), new List<string>());
        var stranger = crm.Another();
        var token = stranger.TokenOf(Guid.CreateVersion7(), ["administrator"]);
        foreach (var route in Route.All(crm).Where(r => r.IsOfOne || !r.Changes))
        {
            var answer = await crm.Service(route.Service).WithToken(token).Send(route.Method, route.Path(world.Id(route)), route.Changes ? "{}" : null);
            if (world.IsTold(answer.Text) || answer.Status is >= 500 or 401
                || (route.IsOfOne && answer.Status is < 300 or 403 && !World.IsEmptyOf(route)))
                wrong.Add($"{route}: {answer}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    [Theory]
    [InlineData("manager")]
    [InlineData("sales")]
    [InlineData("support")]
    [InlineData("marketing")]
    [InlineData("readOnly")]
    [InlineData("integration")]
    public async Task Who_works_with_customers_sees_colleagues_and_changes_nothing_in_identity(string role)
    {
        var crm = await TestCrm.Tenant();
        var (world, wrong) = (await World.Of(crm), new List<string>());
        var door = crm.Service("identity").WithToken(crm.TokenOf(Guid.CreateVersion7(), [role]));
        foreach (var route in Route.All(crm).Where(r => r.Service == "identity"))
        {
            var answer = await door.Send(route.Method, route.Path(world.Id(route)), route.Changes ? "{}" : null);
            if (answer.Status >= 500 || (route.Changes && answer.Status < 300 && !World.IsOpen(route)))
                wrong.Add($"{route}: {answer}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        foreach (var colleagues in (string[])["users", "teams"])
            Assert.Contains(world.Marker, (await door.Get($"/{colleagues}")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(role == "manager" ? 200 : 403, (await door.Get("/audit")).Status);
        Assert.Empty((await door.Get("/signIns")).Expect(200)["items"].EnumerateArray());
        foreach (var deed in (string[])["users", "teams", "roles"])
            (await door.Patch($"/{deed}/{world.Id(deed)}", new { tags = new[] { "x" } })).Expect(403, "not_allowed");
    }
}
