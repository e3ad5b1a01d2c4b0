using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace CrmPlatform.Contacts.Tests.Limits;

/// <summary>
/// Limits of other systems that this one sets out to beat, each by its number; those that are a matter of speed or memory carry it in the names of
/// the benchmarks, others where their subject is tested.
/// </summary>
public sealed class LimitTests
{
    [Fact]
    public async Task S20_a_filter_a_sort_and_an_export_follow_ten_references()
    {
        var crm = await TestCrm.Tenant();
        Guid? above = null;
        for (var level = 0; level < 10; level++)
            above = await crm.Given("accounts", new { name = level == 0 ? "The top" : $"Level {level}", parentId = above });
        var ada = await crm.Given("contacts", new { lastName = "Lovelace", accountId = above });
        await crm.Given("contacts", new { lastName = "Hopper", accountId = await crm.Given("accounts", new { name = "Alone" }) });
        var top = $"account.{string.Concat(Enumerable.Repeat("parent.", 9))}name";

        var found = (await crm.Contacts.Get($"/contacts?filter={top} = 'The top'&sort={top}")).Expect(200)["items"];
        Assert.Equal(ada, Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Contains("Lovelace", (await crm.Contacts.Get($"/contacts/export?filter={top} = 'The top'")).Expect(200).Text, StringComparison.Ordinal);

        // There is a bound, and it says so.
        var beyond = (await crm.Contacts.Get($"/contacts?filter=account.parent.{top["account.".Length..]} = 'The top'")).Expect(422);
        Assert.Contains("at most 10", beyond.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S54_every_route_that_writes_does_once_what_is_sent_twice_with_one_key()
    {
        var crm = await TestCrm.Tenant();
        var (world, wrong, asked) = (new RouteWorld(crm), new List<string>(), 0);
        var routes = crm.Home.Get<EndpointDataSource>("contacts").Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(e => new Route(e)).ToList();

        foreach (var route in routes.Where(r => r.Method != HttpMethod.Get).OrderBy(r => r.Tag == "contactSettings"))
        {
            var probe = RouteProbe.Of(route)!;
            var target = await world.Target(route.Tag, "own", probe.Prepare);
            var door = crm.Contacts.Idempotent($"{route.Name}");
            var first = await door.Send(route.Method, route.Path(target, probe), probe.Body(target));
            var written = await Written(crm);
            var again = await door.Send(route.Method, route.Path(target, probe), probe.Body(target));
            if (first.Status >= 300)
                continue; // refused: there was nothing to do once
            asked++;
            if ((again.Status, again.Text) != (first.Status, first.Text) || !again.Headers.ContainsKey("Idempotency-Replayed"))
                wrong.Add($"{route}: first {first}, then {again}");
            if (await Written(crm) != written)
                wrong.Add($"{route} wrote again.");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 50, $"Only {asked} routes did anything.");
    }

    [Fact]
    public async Task S56_a_form_hears_of_everything_that_is_wrong_at_once_by_field()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts/fields", new { name = "size", label = "Size", kind = "number", max = 10 });

        var refused = (await crm.Contacts.Post("/contacts", new
        {
            firstName = new string('x', 101),
            emails = new[] { new { address = "a@x.example" }, new { address = "nobody" } },
            phone = "call me",
            birthday = "2001-02-03",
            language = "german",
            custom = new { size = 11 },
        })).Expect(422, "invalid");

        Assert.Equal(
            ["custom.size", "emails[1].address", "firstName", "language", "lastName", "phone"],
            refused["errors"].EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    // Entries, jobs and rows of files: whatever a request can leave behind.
    private static Task<long> Written(TestCrm crm) => crm.Sql("contacts", As.Admin).Value<long>(
        "select (select count(*) from journal where tenant = $1) + (select count(*) from job where tenant = $1)", crm.Id);
}
