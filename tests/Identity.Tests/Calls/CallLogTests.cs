using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Calls;

/// <summary>What a program asked at the edge can be read by whose program it is: each request (ListCalls), and how many there were (ReadUsage).</summary>
public sealed class CallLogTests
{
    private const string Secret = "xqzsecretzqx";

    [Fact]
    public async Task A_program_reads_its_own_requests_and_who_audits_those_of_all()
    {
        var crm = await TestCrm.Tenant();
        var edge = await Edge(crm);
        var (shop, mail) = (await Key(crm), await Key(crm));
        var door = edge.WithToken(shop.Secret);

        var refused = await door.Post("/contacts", new { firstName = Secret });
        var entered = (await door.Put($"/contacts/external/erp/{Secret}@x.example", new { lastName = Secret })).Expect(201);
        await door.Get($"/contacts/{entered.Id}");
        await door.Get($"/contacts?filter=lastName = '{Secret}'");
        await door.Get($"/{Secret}");
        await edge.WithToken(mail.Secret).Get("/accounts");
        await edge.Get("/contacts"); // somebody at the web app

        JsonElement[] listed = [];
        await TestCrm.Eventually(async () =>
        {
            listed = [.. (await crm.Service("edge").WithToken(shop.Secret).Get("/calls?limit=200")).Expect(200)["items"].EnumerateArray()
                .Where(c => c.GetProperty("route").GetString() != "/api/v1/calls")];
            Assert.Equal(5, listed.Length);
        });

        Assert.Equal(
            [
                "GET unknown 404 no_route", "GET /api/v1/contacts 200 ", "GET /api/v1/contacts/{id} 200 ",
                "PUT /api/v1/contacts/external/{system}/{id} 201 ", "POST /api/v1/contacts 422 invalid",
            ],
            listed.Select(c => $"{c.GetProperty("method")} {c.GetProperty("route")} {c.GetProperty("status")} {c.GetProperty("code")}"));
        Assert.All(listed, c => Assert.Equal(shop.Id, c.GetProperty("source").GetGuid()));
        Assert.All(listed, c => Assert.True(c.GetProperty("ms").GetDouble() > 0 && c.GetProperty("sent").GetInt64() > 0));
        Assert.Equal(entered.Id, listed[2].GetProperty("recordId").GetGuid());
        Assert.Equal(entered.Text.Length, listed[3].GetProperty("sent").GetInt64());
        Assert.Equal(refused.Headers["Crm-Request"], listed[4].GetProperty("id").GetString());
        Assert.Equal((refused["traceId"].GetString(), $"{{\"firstName\":\"{Secret}\"}}".Length), (
            listed[4].GetProperty("trace").GetString(), listed[4].GetProperty("received").GetInt32()));
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(listed), StringComparison.Ordinal);

        // By what was asked for, and page by page.
        var errors = (await door.Get("/calls?status=4xx&limit=1")).Expect(200);
        Assert.Equal("no_route", errors["items"][0].GetProperty("code").GetString());
        Assert.Equal("invalid", (await door.Get($"/calls?status=4xx&limit=1&cursor={errors["nextCursor"].GetString()}")).Expect(200)["items"][0]
            .GetProperty("code").GetString());
        Assert.Single((await door.Get($"/calls?trace={refused["traceId"].GetString()}")).Expect(200)["items"].EnumerateArray());
        Assert.Single((await door.Get($"/calls?recordId={entered.Id}&method=get")).Expect(200)["items"].EnumerateArray());
        (await door.Get("/calls?status=9xx")).Expect(422, "invalid");

        // Others' are not there; who audits sees all, but of no other tenant.
        Assert.DoesNotContain($"{shop.Id}", (await edge.WithToken(mail.Secret).Get("/calls")).Expect(200).Text, StringComparison.Ordinal);
        var all = (await edge.Get("/calls?limit=200")).Expect(200).Text;
        Assert.Contains($"{shop.Id}", all, StringComparison.Ordinal);
        Assert.Contains($"{mail.Id}", all, StringComparison.Ordinal);
        Assert.Empty((await crm.Another().Service("edge").Get("/calls")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task Every_request_of_a_program_is_counted_also_those_that_its_plan_refused()
    {
        var crm = await TestCrm.Tenant();
        var edge = await Edge(crm);
        var shop = await Key(crm);
        var door = edge.WithToken(shop.Secret);
        (await door.Get("/contacts")).Expect(200);

        var answers = new List<Reply>();
        for (var round = 0; round < 4; round++)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => door.Get("/nothing-is-here"))));

        var limited = answers.Count(a => a.Status == 429);
        Assert.True(limited > 0);
        await TestCrm.Eventually(async () =>
        {
            var usage = Assert.Single((await edge.WithToken(crm.Token("crm.read")).Get($"/usage?source={shop.Id}")).Expect(200)["items"].EnumerateArray());
            Assert.Equal((401, 400, limited, 0), (
                usage.GetProperty("calls").GetInt32(), usage.GetProperty("errors").GetInt32(), usage.GetProperty("limited").GetInt32(),
                usage.GetProperty("unlisted").GetInt32()));
            Assert.Equal(("standard", 100), (usage.GetProperty("plan").GetString(), usage.GetProperty("perSecond").GetInt32()));
            Assert.Equal(401 / 8_640_000.0, usage.GetProperty("share").GetDouble(), 9);
            Assert.True(usage.GetProperty("sent").GetInt64() > answers.Sum(a => (long)a.Text.Length));
        });
        (await edge.Get("/usage?from=2026-01-01&to=2026-12-31")).Expect(422, "invalid");
    }

    private static async Task<Door> Edge(TestCrm crm)
    {
        var edge = crm.Service("edge");
        await TestCrm.Eventually(async () => (await edge.Get("/nothing-is-here")).Expect(404), TimeSpan.FromSeconds(120)); // it has to know all services first
        return edge;
    }

    private static async Task<(Guid Id, string Secret)> Key(TestCrm crm)
    {
        var identity = crm.Service("identity");
        var program = new { name = "Shop", roles = new[] { "sales" }, scopes = new[] { "crm.read", "crm.write" } };
        var key = (await identity.Post("/apiKeys", program)).Expect(201).Id;
        return (key, (await identity.Post($"/apiKeys/{key}/issue", new { })).Expect(200)["secret"].GetString()!);
    }
}
