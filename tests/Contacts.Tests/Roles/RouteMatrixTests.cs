using CrmPlatform.Access.Roles;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Routing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Roles;

/// <summary>
/// Every route of the service's table, asked by people who see nothing, their own, their team's and everything, about a record just within and one
/// just beyond what they see; by another tenant; by nobody. A route this test does not know how to ask fails it.
/// </summary>
public sealed class RouteMatrixTests
{
    private static readonly Caller[] Callers =
    [
        new("none", Inside: null, Beyond: "others"), new("own", Inside: "own", Beyond: "team"), new("team", Inside: "team", Beyond: "others"),
        new("all", Inside: "others", Beyond: null),
    ];

    [Fact]
    public async Task Every_route_keeps_from_everybody_what_their_roles_do_not_show()
    {
        var crm = await TestCrm.Tenant();
        foreach (var reach in Callers.Select(c => c.Reach))
            await crm.Role(reach, [Everywhere(reach)], slices: reach == "none" ? [] : ["*"], privileges: ["bulkEdit"]);
        var stranger = crm.Another();
        await stranger.Role("all", [Everywhere("all")], privileges: ["bulkEdit"]);
        var (world, wrong) = (new RouteWorld(crm), new List<string>());
        var routes = crm.Home.Get<EndpointDataSource>("contacts").Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes.Select(e => new Route(e)).OrderBy(r => r.Tag == "contactSettings"))
        {
            if (RouteProbe.Of(route) is not { } probe)
            {
                wrong.Add($"{route}: say in RouteProbe how this route is asked, and what it answers to whom.");
                continue;
            }
            foreach (var caller in Callers)
            {
                var door = crm.Person(world.Ada, caller.Reach, world.Team).Contacts;
                if (caller.Inside is { } inside)
                    await Ask(door, inside, probe.Inside, isSeen: !probe.IsPrivate, caller.Reach);
                if (caller.Beyond is { } beyond)
                    await Ask(door, beyond, caller.Reach == "none" ? probe.Nobody : probe.Beyond, isSeen: false, caller.Reach);
            }
            foreach (var role in ReadyMade.Roles.Values)
                if (Expected(route, probe, role) is { } expected)
                    await Ask(crm.Person(world.Ada, role.Name).Contacts, "others", expected.Statuses, expected.IsSeen && !probe.IsPrivate, $"{role.Name}'s");
            await Ask(stranger.Person("all").Contacts, "others", probe.Stranger, isSeen: false, "another tenant's");
            await Ask(crm.Contacts.WithoutToken(), "others", [401], isSeen: false, "nobody's");

            async Task Ask(Door door, string whose, int[] expected, bool isSeen, string who)
            {
                var target = await world.Target(route.Tag, whose, probe.Prepare);
                var answer = await door.Send(route.Method, route.Path(target, probe), probe.Body(target));
                var shows = $"{answer.Text} {string.Concat(answer.Headers.Values)}".Contains(target.Marker, StringComparison.Ordinal);
                if (!expected.Contains(answer.Status))
                    wrong.Add($"{route}, asked with {who} reach about a record of {whose}: expected {string.Join(" or ", expected)}, but it is {answer}");
                else if (shows && !isSeen)
                    wrong.Add($"{route}, asked with {who} reach about a record of {whose}: shows what it must not: {answer}");
                else if (!shows && isSeen && probe.Shows)
                    wrong.Add($"{route}, asked with {who} reach about a record of {whose}: does not show it: {answer}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong answers of {routes.Count} routes:\n{string.Join('\n', wrong.Take(40))}");
    }

    // What the ready-made roles say of everybody's records decides which verdict of the route's is theirs.
    private static (int[] Statuses, bool IsSeen)? Expected(Route route, RouteProbe probe, RoleRules role)
    {
        var (rights, slice) = (new Rights([role]), char.ToLowerInvariant(route.Name[0]) + route.Name[1..]);
        bool Reaches(Deed deed) => rights.For("contact", deed) == Reach.All;
        (int[], bool) Where(bool allowed, bool shows = true) => allowed ? (probe.Inside, shows) : ([403], false);
        if (route.Door.StartsWith("POST /fields", StringComparison.Ordinal) || route.Door.Contains("/fields/", StringComparison.Ordinal))
            return rights.Has(Privilege.DataModel) ? null : (probe.Inside, false); // asked by the administrator each would be made and unmade
        if (route.Door is "GET /jobs" or "GET /jobs/{id}" or "POST /jobs/{id}/cancel" || route.Door.StartsWith("POST /imports/", StringComparison.Ordinal)
            || route.Door.StartsWith("GET /imports/", StringComparison.Ordinal))
            return rights.Has(Privilege.Audit) ? null : (probe.Inside, false); // who audits sees the jobs of others
        if (route.Name == "ListAudit")
            return rights.Has(Privilege.Audit) ? ([200], true) : ([403], false);
        if (route.Door == "POST /bulk-edit")
            return Where(rights.Has(Privilege.BulkEdit), shows: false);
        if (!Reaches(Deed.Read))
            return (probe.Beyond, false);
        return route.Door switch
        {
            "POST " => Where(rights.For("contact", Deed.Create) > Reach.None, shows: false),
            "PATCH /{id}" => Where(Reaches(Deed.Update)),
            "POST /batch" => (probe.Inside, Reaches(Deed.Update)),
            "DELETE /{id}" or "POST /{id}/restore" => Where(Reaches(Deed.Delete)),
            "GET /export" => rights.For("contact", Deed.Export) == Reach.None ? ([403], false) : (probe.Inside, Reaches(Deed.Export)),
            "GET /{id}/access" => Where(Reaches(Deed.Update) || rights.Has(Privilege.Audit)),
            "POST /{id}/merge" => Where(rights.Slice(slice) && Reaches(Deed.Update) && Reaches(Deed.Delete)),
            _ when RouteProbe.IsSlice(route.Name) => Where(rights.Slice(slice)),
            _ => (probe.Inside, true),
        };
    }

    private sealed record Caller(string Reach, string? Inside, string? Beyond);
}
