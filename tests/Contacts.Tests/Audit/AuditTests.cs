using System.Text.Json;
using CrmPlatform.Contacts.Tests.Roles;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Audit;

/// <summary>Who did what, when, from where, through which door: for those who may ask.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Everything_that_was_done_is_found_by_who_what_where_and_when()
    {
        var crm = await TestCrm.Tenant();
        var ada = Guid.CreateVersion7();
        await crm.Role("clerk", [Everywhere("all")]);
        var clerk = crm.Person(ada, "clerk").Contacts.With("X-Forwarded-For", "192.0.2.7");
        var made = (await clerk.Post("/contacts", new { lastName = "Lovelace" })).Expect(201);
        var edit = (await clerk.Patch($"/contacts/{made.Id}", new { lastName = "King" })).Expect(200);
        (await crm.Contacts.Delete($"/contacts/{made.Id}")).Expect(204);
        (await crm.Contacts.Post("/contacts/batch", new { operations = new[] { new { @do = "create", fields = new { lastName = "B" } } } })).Expect(200);
        async Task<string[]> Types(string query) =>
            [.. (await crm.Contacts.Get($"/audit?{query}")).Expect(200)["items"].EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

        Assert.Equal(["contact.created", "contact.deleted", "contact.updated", "contact.created"], await Types(""));
        Assert.Equal(["contact.updated", "contact.created"], await Types($"actor={ada}"));
        Assert.Equal(["contact.updated", "contact.created"], await Types("address=192.0.2.7"));
        Assert.Empty(await Types("address=192.0.2.8"));
        Assert.Equal(["contact.deleted", "contact.updated", "contact.created"], await Types($"recordId={made.Id}"));
        Assert.Equal(["contact.updated"], await Types("type=contact.updated"));
        Assert.Equal(["contact.updated"], await Types($"operation={edit.Operation}"));
        Assert.Empty(await Types("record=account"));
        Assert.Equal(4, (await Types("door=rest&record=contact")).Length + (await Types("door=batch")).Length);
        var at = (await crm.Contacts.Get("/audit?type=contact.updated")).Expect(200)["items"][0].GetProperty("at").GetString()!;
        Assert.Equal(["contact.updated", "contact.created"], (await Types($"to={Uri.EscapeDataString(at)}")).Prepend("contact.updated"));
        Assert.Equal("contact.updated", (await Types($"from={Uri.EscapeDataString(at)}"))[^1]);

        var entry = (await crm.Contacts.Get("/audit?type=contact.updated")).Expect(200)["items"][0];
        Assert.Equal(("192.0.2.7", $"{ada}", "rest"), (
            entry.GetProperty("actor").GetProperty("address").GetString(), entry.GetProperty("actor").GetProperty("id").GetString(),
            entry.GetProperty("actor").GetProperty("door").GetString()));
        var change = entry.GetProperty("data").GetProperty("changes").GetProperty("lastName");
        Assert.Equal(("Lovelace", "King"), (change.GetProperty("old").GetString(), change.GetProperty("new").GetString()));
        Assert.Equal("contacts", entry.GetProperty("service").GetString());
        Assert.Empty((await crm.Another().Contacts.Get("/audit")).Expect(200)["items"].EnumerateArray());
        (await clerk.Get("/audit")).Expect(403, "not_allowed");
        (await crm.Contacts.Get("/audit?who=ada")).Expect(422, "invalid");
        (await crm.Contacts.Get("/audit?cursor=xx")).Expect(422, "invalid");
    }

    [Fact]
    public async Task Pages_go_through_all_of_it_once_and_none_looks_at_too_much()
    {
        var crm = await TestCrm.Tenant();
        var first = (await crm.Contacts.With("X-Forwarded-For", "192.0.2.9").Post("/contacts", new { lastName = "First" })).Expect(201).Id;
        await crm.Sql("contacts", As.Admin).Execute(
            """
            insert into journal (id, at, tenant, actor, operation, record, record_id, version, type, data)
            select gen_random_uuid(), now() + (i / 3) * interval '1 ms', $1, '{"id": "x", "door": "rest"}', gen_random_uuid(), 'contact', gen_random_uuid(), 1,
                'contact.created', '{}'
            from generate_series(1, 20050) i
            """, crm.Id);
        var (ids, cursor) = (new List<Guid>(), (string?)"");
        for (var page = 0; page < 3; page++)
        {
            var answer = (await crm.Contacts.Get($"/audit?limit=7{cursor}")).Expect(200);
            ids.AddRange(answer["items"].EnumerateArray().Select(e => e.GetProperty("id").GetGuid()));
            cursor = $"&cursor={answer["nextCursor"].GetString()}";
        }
        Assert.Equal(21, ids.Distinct().Count());
        Assert.Equal(
            await crm.Sql("contacts", As.Admin).Column<Guid>("select id from journal where tenant = $1 order by at desc, id desc limit 21", crm.Id), ids);

        var none = (await crm.Contacts.Get("/audit?address=192.0.2.9")).Expect(200);
        Assert.Empty(none["items"].EnumerateArray());
        var found = (await crm.Contacts.Get($"/audit?address=192.0.2.9&cursor={none["nextCursor"].GetString()}")).Expect(200);
        Assert.Equal(first, Assert.Single(found["items"].EnumerateArray()).GetProperty("recordId").GetGuid());
        Assert.Equal(JsonValueKind.Null, found["nextCursor"].ValueKind);
    }

    [Fact]
    public async Task Values_are_for_who_sees_them_that_something_was_done_for_all_who_audit()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("auditor", [Grant("contact", "none", "own", "none", "none", "none", ("description", "hidden"))], privileges: ["audit"]);
        var ada = crm.Person("auditor");
        await crm.Given("contacts", new { lastName = "M1arker", description = "M2arker", ownerId = ada.Id });
        await crm.Given("contacts", new { lastName = "M3arker", description = "M4arker" });
        await crm.Given("accounts", new { name = "M5arker" });

        var told = (await ada.Contacts.Get("/audit")).Expect(200);

        Assert.Equal(3, told["items"].GetArrayLength());
        Assert.Contains("M1arker", told.Text, StringComparison.Ordinal);
        foreach (var marker in (string[])["M2arker", "M3arker", "M4arker", "M5arker"])
            Assert.DoesNotContain(marker, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_taken_out_is_noted_with_what_was_asked_and_how_much_it_was()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Lovelace" });
        await crm.Given("contacts", new { lastName = "Hopper" });

        (await crm.Contacts.Get("/contacts/export?filter=lastName = \"Hopper\"&fields=lastName,email&format=jsonl")).Expect(200);

        var noted = (await crm.Contacts.Get("/audit?record=export")).Expect(200)["items"];
        Assert.Equal(["export.ended", "export.started"], noted.EnumerateArray().Select(e => e.GetProperty("type").GetString()));
        var (asked, ended) = (noted[1].GetProperty("data"), noted[0].GetProperty("data"));
        Assert.Equal(("contact", "lastName = \"Hopper\""), (asked.GetProperty("of").GetString(), asked.GetProperty("filter").GetString()));
        Assert.Equal(["lastName", "email"], asked.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal((1, true), (ended.GetProperty("rows").GetInt32(), ended.GetProperty("whole").GetBoolean()));
        (await crm.Contacts.Post($"/operations/{noted[0].GetProperty("operation").GetGuid()}/undo")).Expect(404);
    }

    [Fact]
    public async Task Who_reads_what_is_sensitive_is_noted_once_for_a_page()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts/fields", new { name = "salary", label = "Salary", kind = "number", sensitive = true });
        await crm.Role("clerk", [Everywhere("all", ("birthday", "hidden"), ("custom.salary", "masked"))]);
        var one = await crm.Given("contacts", new { lastName = "One", birthday = "1815-12-10" });
        var two = await crm.Given("contacts", new { lastName = "Two", custom = new { salary = 1 } });
        var none = await crm.Given("contacts", new { lastName = "None" });
        async Task<List<string>> Noted() => [.. (await crm.Contacts.Get("/audit?record=reading")).Expect(200)["items"].EnumerateArray()
            .Select(e => e.GetProperty("data").GetRawText())];
        var already = (await Noted()).Count; // whoever enters is shown what was entered

        (await crm.Contacts.Get($"/contacts/{none}")).Expect(200);
        (await crm.Contacts.Get("/contacts?fields=lastName")).Expect(200);
        (await crm.Person("clerk").Contacts.Get("/contacts")).Expect(200);
        Assert.Equal(already, (await Noted()).Count);
        (await crm.Contacts.Get("/contacts")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{one}/history")).Expect(200);
        (await crm.Contacts.Get($"/contacts/{one}?fields=birthday")).Expect(200);

        var noted = await Noted();
        Assert.Equal(already + 3, noted.Count);
        foreach (var expected in (string[])[$"{one}", $"{two}", "birthday", "custom.salary", "contact"])
            Assert.Contains(expected, noted[2], StringComparison.Ordinal);
        Assert.DoesNotContain("1815", string.Concat(noted), StringComparison.Ordinal);
        Assert.Equal(4, (await crm.Contacts.Get($"/audit?record=reading&recordId={one}")).Expect(200)["items"].GetArrayLength());
    }
}
