using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>A record with all that belongs to it, from all services in one answer, each part as far as the caller sees it.</summary>
public sealed class DetailTests
{
    [Fact]
    public async Task A_record_comes_with_what_it_refers_to_and_what_refers_to_it_wherever_it_is_kept()
    {
        var crm = await TestCrm.Tenant();
        var edge = await Edge(crm);
        var top = (await edge.Post("/accounts", new { name = "Top" })).Expect(201).Id;
        var account = (await edge.Post("/accounts", new { name = "Engines", parentId = top })).Expect(201).Id;
        await edge.Post("/accounts", new { name = "Below", parentId = account });
        for (var n = 0; n < 5; n++)
            (await edge.Post("/contacts", new { lastName = $"Person {n}", accountId = account })).Expect(201);
        await TestCrm.Eventually(async () => (await edge.Post("/deals", new { name = "Big", accountId = account })).Expect(201));

        var detail = (await edge.Get($"/accounts/{account}/detail?limit=2&include=total")).Expect(200);

        Assert.Equal("Engines", detail["record"].GetProperty("name").GetString());
        Assert.Equal("\"1\"", detail.Headers["ETag"]);
        var parent = detail["references"].GetProperty("parentId");
        Assert.Equal(("contacts.account", "Top"), (parent.GetProperty("record").GetString(), parent.GetProperty("item").GetProperty("name").GetString()));
        Assert.Equal(["Big"], Names(detail, "deals", "name"));
        Assert.Equal(["Below"], Names(detail, "accounts.parentId", "name"));
        Assert.Equal(["Person 4", "Person 3"], Names(detail, "contacts", "lastName"));
        Assert.Equal(5, Part(detail, "contacts").GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, Part(detail, "deals").GetProperty("next").ValueKind);

        // The list goes on where the part ends.
        var others = new List<string>();
        for (var next = Part(detail, "contacts").GetProperty("next").GetString(); next is not null;)
        {
            var page = (await edge.Get(next["/api/v1".Length..])).Expect(200);
            others.AddRange(page["items"].EnumerateArray().Select(c => c.GetProperty("lastName").GetString()!));
            next = page["nextCursor"].GetString() is { } cursor ? $"{next[..next.LastIndexOf('=')]}={Uri.EscapeDataString(cursor)}" : null;
        }
        Assert.Equal(["Person 2", "Person 1", "Person 0"], others);

        var some = (await edge.Get($"/accounts/{account}/detail?parts=contacts,deals&filter.contacts=lastName = 'Person 1'&limit=1")).Expect(200);
        Assert.Equal(["contacts", "deals"], some["related"].EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(["Person 1"], Names(some, "contacts", "lastName"));
        Assert.Empty(some["references"].EnumerateObject());
    }

    [Fact]
    public async Task What_is_not_seen_is_in_no_part_and_what_is_refused_says_so_and_spoils_nothing()
    {
        var crm = await TestCrm.Tenant();
        var edge = await Edge(crm);
        foreach (var service in Route.All(crm).Select(r => r.Service).Distinct())
            await crm.Told(service, "identity.role", Guid.CreateVersion7(), 1, JsonSerializer.Serialize(new
            {
                name = "clerk",
                slices = new[] { "*" },
                records = new object[]
                {
                    new { record = "account", read = "all" }, new { record = "lead", read = "none" },
                    new { record = "contact", read = "own", fields = new[] { new { field = "jobTitle", right = "hidden" } } },
                    new { record = "deal", read = "all", fields = new[] { new { field = "accountId", right = "hidden" } } },
                },
            }));
        var user = Guid.CreateVersion7();
        var clerk = edge.WithToken(crm.TokenOf(user, ["clerk"]));
        var account = (await edge.Post("/accounts", new { name = "Engines" })).Expect(201).Id;
        (await edge.Post("/contacts", new { lastName = "Mine", jobTitle = "Secret", accountId = account, ownerId = user })).Expect(201);
        (await edge.Post("/contacts", new { lastName = "Theirs", accountId = account })).Expect(201);

        var detail = (await clerk.Get($"/accounts/{account}/detail?include=total")).Expect(200);

        Assert.Equal(["Mine"], Names(detail, "contacts", "lastName"));
        Assert.Equal(1, Part(detail, "contacts").GetProperty("total").GetInt32());
        Assert.Equal((422, "invalid"), (Problem(detail, "deals").GetProperty("status").GetInt32(), Problem(detail, "deals").GetProperty("code").GetString()));
        Assert.DoesNotContain("Secret", detail.Text, StringComparison.Ordinal);
        var asked = await clerk.Get($"/accounts/{account}/detail?filter.contacts=jobTitle = 'Secret'");
        Assert.Equal("invalid", Problem(asked, "contacts").GetProperty("code").GetString());

        (await crm.Another().Service("edge").Get($"/accounts/{account}/detail")).Expect(404, "not_found");
        await TestCrm.Eventually(
            async () => (await edge.WithoutToken().Get($"/accounts/{account}/detail")).Expect(401, "token_missing"), TimeSpan.FromSeconds(60));
        (await edge.Get($"/accounts/{account}/detail?parts=shoes")).Expect(422, "invalid");
        (await edge.Get($"/accounts/{account}/detail?limit=51")).Expect(422, "invalid");
        (await edge.Get($"/accounts/{account}/detail?filter=name = 'x'")).Expect(422, "invalid");
        (await edge.Get($"/shoes/{account}/detail")).Expect(404, "no_route");
        var other = (await edge.Post("/accounts", new { name = "Other" })).Expect(201).Id;
        (await edge.Post($"/accounts/{other}/merge", new { loser = account })).Expect(200);
        Assert.Equal(other, (await edge.Get($"/accounts/{account}/detail")).Expect(404, "merged")["mergedInto"].GetGuid());
    }

    // From the services' own tables: a new type is asked without anybody thinking of it.
    [Fact]
    public async Task Every_record_type_has_it_and_the_document_says_so()
    {
        var crm = await TestCrm.Tenant();
        var edge = await Edge(crm);
        var paths = (await Route.Document(edge))["paths"];
        var plurals = Route.All(crm).Where(r => r.Door == "/{id}/history").Select(r => r.Plural).ToList();

        foreach (var plural in plurals)
        {
            (await edge.Get($"/{plural}/{Guid.CreateVersion7()}/detail")).Expect(404, "not_found");
            Assert.True(paths.TryGetProperty($"/api/v1/{plural}/{{id}}/detail", out _), $"{plural} has no detail in the document.");
        }
        Assert.True(plurals.Count > 30);
    }

    private static async Task<Door> Edge(TestCrm crm)
    {
        var edge = crm.Service("edge");
        await TestCrm.Eventually(async () => (await edge.Get("/nothing-is-here")).Expect(404), TimeSpan.FromSeconds(120)); // it has to know all services first
        return edge;
    }

    private static JsonElement Part(Reply detail, string name) => detail.Expect(200)["related"].GetProperty(name);

    private static JsonElement Problem(Reply detail, string name) => Part(detail, name).GetProperty("problem");

    private static IEnumerable<string> Names(Reply detail, string part, string field) =>
        Part(detail, part).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()!);
}
