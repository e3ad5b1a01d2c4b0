using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Edge;
using CrmPlatform.Graph;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Identity;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests.Deprecation;

/// <summary>Who uses what is going away is told so in every answer, finds it in the documents, and is counted.</summary>
public sealed class DeprecationTests : IAsyncLifetime
{
    private const string SinceMarch = "@1772323200", SinceJanuary = "@1767225600";

    private Installation home = null!;
    private TestCrm crm = null!;
    private Door edge = null!;

    public async ValueTask InitializeAsync()
    {
        home = await Installation.Apart(null, new EdgeApp(), new GraphApp(), new IdentityService(), new GarageService());
        crm = home.Tenant();
        edge = crm.Service("edge").WithToken(home.Token(new Caller(
            new Actor(ActorKind.System, "shop", "Shop"), crm.Id, new HashSet<string> { Scopes.Read, Scopes.Write }, "standard",
            TimeProvider.System.GetUtcNow().AddHours(1))));
        await TestCrm.Eventually(async () => (await edge.Get("/nothing-is-here")).Expect(404), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task Answers_say_since_when_until_when_and_where_to_read_about_it()
    {
        var car = (await edge.Post("/vehicles", new { plate = "HH 1", color = "red" })).Expect(201);
        Assert.False(car.Headers.ContainsKey("Deprecation"));
        Assert.False((await edge.Get($"/vehicles/{car.Id}")).Expect(200).Headers.ContainsKey("Deprecation"));
        Assert.False((await edge.Get("/vehicles?filter=color = 'red'&sort=color&fields=color")).Expect(200).Headers.ContainsKey("Deprecation"));

        Reply[] fields =
        [
            (await edge.Post("/vehicles", new { plate = "HH 2", colour = "red" })).Expect(201),
            (await edge.Patch($"/vehicles/{car.Id}", new { colour = "blue" })).Expect(200),
            (await edge.Put("/vehicles/external/erp/1", new { plate = "HH 3", colour = "red" })).Expect(201),
            (await edge.Post("/vehicles/batch", new
            {
                operations = new[] { new { @do = "patch", id = car.Id, fields = new { colour = "red" } } },
            })).Expect(200),
            (await edge.Get("/vehicles?filter=colour = 'red'")).Expect(200),
            (await edge.Get("/vehicles?sort=-colour")).Expect(200),
            (await edge.Get("/vehicles?fields=plate,colour")).Expect(200),
            (await edge.Patch($"/vehicles/{car.Id}", new { colour = new string('x', 21) })).Expect(422),
        ];
        Assert.All(fields, answer => Assert.Equal(
            (SinceMarch, "Mon, 01 Mar 2027 00:00:00 GMT"), (answer.Headers["Deprecation"], answer.Headers["Sunset"])));
        Assert.Equal($"<{home.Settings.Issuer.TrimEnd('/')}/docs>; rel=\"deprecation\"; type=\"text/html\"", fields[0].Headers["Link"]);
        var slice = (await edge.Get($"/vehicles/{car.Id}/looks")).Expect(200);
        Assert.Equal((SinceJanuary, "Thu, 31 Dec 2026 00:00:00 GMT"), (slice.Headers["Deprecation"], slice.Headers["Sunset"]));
        var whole = (await edge.Post("/carriages", new { horses = 2 })).Expect(201);
        Assert.Equal(("@1735689600", false), (whole.Headers["Deprecation"], whole.Headers.ContainsKey("Sunset")));

        // Whose program used it is counted, and which requests did. The installation of the other tests has the same queue.
        var shared = (await TestCrm.Tenant()).Home;
        async Task<long> Sum(string sql) =>
            await home.Sql("identity", As.Admin).Value<long>(sql, crm.Id) + await shared.Sql("identity", As.Admin).Value<long>(sql, crm.Id);
        await TestCrm.Eventually(async () =>
        {
            Assert.Equal(10, await Sum("select coalesce(sum(deprecated), 0)::bigint from call_usage where tenant = $1"));
            Assert.Equal(10, await Sum("select count(*) from call where tenant = $1 and deprecated"));
        });
    }

    [Fact]
    public async Task The_documents_and_the_graph_mark_it()
    {
        var document = await Route.Document(edge);
        var paths = document["paths"];
        JsonElement Sent(string plural, string method) => paths.GetProperty(plural).GetProperty(method);

        Assert.True(Sent("/api/v1/vehicles/{id}/looks", "get").GetProperty("deprecated").GetBoolean());
        Assert.Contains("Use the field color.", Sent("/api/v1/vehicles/{id}/looks", "get").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.All(
            paths.EnumerateObject().Where(p => p.Name is "/api/v1/carriages" or "/api/v1/carriages/{id}").SelectMany(p => p.Value.EnumerateObject()),
            operation => Assert.True(operation.Value.GetProperty("deprecated").GetBoolean()));
        Assert.False(Sent("/api/v1/vehicles", "get").TryGetProperty("deprecated", out _));
        var fields = Properties(document.Body, "colour").ToList();
        Assert.True(fields.Count >= 3, $"{fields.Count}"); // what is sent to enter, to change, and what is answered
        Assert.All(fields, field => Assert.True(field.GetProperty("deprecated").GetBoolean()));

        var asked = await crm.Service("graph").Post("/graphql", new
        {
            query = """
                { vehicle: __type(name: "Vehicle") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } }
                  input: __type(name: "VehicleInput") { inputFields(includeDeprecated: true) { name isDeprecated } } }
                """,
        });
        var data = asked.Expect(200)["data"];
        JsonElement Field(string type, string list, string name) => data.GetProperty(type).GetProperty(list).EnumerateArray()
            .Single(f => f.GetProperty("name").GetString() == name);
        Assert.Equal(
            "Deprecated since 2026-03-01, gone from 2027-03-01 on. Use color.",
            Field("vehicle", "fields", "colour").GetProperty("deprecationReason").GetString());
        Assert.True(Field("vehicle", "fields", "looks").GetProperty("isDeprecated").GetBoolean());
        Assert.True(Field("input", "inputFields", "colour").GetProperty("isDeprecated").GetBoolean());
        Assert.False(Field("vehicle", "fields", "color").GetProperty("isDeprecated").GetBoolean());
    }

    private static IEnumerable<JsonElement> Properties(JsonElement node, string name) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(m => m.Name == "properties" && m.Value.TryGetProperty(name, out var found)
            ? Properties(m.Value, name).Append(found) : Properties(m.Value, name)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(item => Properties(item, name)),
        _ => [],
    };

    public ValueTask DisposeAsync() => home.DisposeAsync();
}
