using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;
using static CrmPlatform.Contacts.Tests.Roles.People;

namespace CrmPlatform.Contacts.Tests.Doors;

/// <summary>Many questions in one request: by id, per parent, histories, sums.</summary>
public sealed class ReadTests
{
    [Fact]
    public async Task Records_are_read_by_their_ids_and_a_missing_one_shifts_nobody()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob) = (await Contact(crm, "Ada"), await Contact(crm, "Bob"));
        var gone = await Contact(crm, "Gone");
        (await crm.Contacts.Delete($"/contacts/{gone}")).Expect(204);

        var read = await Read(crm.Contacts, new { ids = new[] { bob, Guid.CreateVersion7(), gone, ada, ada }, fields = "lastName" });

        var found = read[0].GetProperty("lists")[0].GetProperty("items").EnumerateArray()
            .ToDictionary(r => r.GetProperty("id").GetGuid(), r => r.GetProperty("lastName").GetString());
        Assert.Equal(new Dictionary<Guid, string?> { [ada] = "Ada", [bob] = "Bob" }, found);
        Assert.False(read[0].GetProperty("lists")[0].GetProperty("items")[0].TryGetProperty("firstName", out _));
    }

    [Fact]
    public async Task Lists_per_parent_have_the_first_of_each_their_number_and_a_place_to_go_on()
    {
        var crm = await TestCrm.Tenant();
        var (one, two, none) = (await Account(crm, "One"), await Account(crm, "Two"), await Account(crm, "None"));
        foreach (var name in (string[])["A", "B", "C"])
            await Contact(crm, name, one);
        await Contact(crm, "D", two);
        object Part(string? cursor) => new { per = "accountId", ids = new[] { two, none, one }, sort = "lastName", limit = 2, total = true, cursor };

        var lists = (await Read(crm.Contacts, Part(null)))[0].GetProperty("lists").EnumerateArray().ToList();

        Assert.Equal([two, none, one], lists.Select(l => l.GetProperty("of").GetGuid()));
        Assert.Equal(["D", "", "A B"], lists.Select(Names));
        Assert.Equal([1, 0, 3], lists.Select(l => l.GetProperty("total").GetInt32()));
        var rest = (await Read(crm.Contacts, Part(lists[2].GetProperty("nextCursor").GetString())))[0].GetProperty("lists");
        Assert.Equal("C", Names(rest[2]));
        Assert.Equal(JsonValueKind.Null, rest[2].GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("""{"sort": "lastName"}""")]
    [InlineData("""{"sort": "-jobTitle,lastName"}""")]
    [InlineData("""{"q": "ada"}""")]
    [InlineData("""{"q": "ada", "sort": "lastName"}""")]
    [InlineData("""{"per": "accountId", "sort": "-lastName"}""")]
    public async Task Each_record_of_a_list_says_where_the_list_goes_on_after_it(string of)
    {
        var crm = await TestCrm.Tenant();
        var account = await Account(crm, "One");
        foreach (var name in (string[])["Ada A", "Ada B", "Ada C", "Ada D"])
            await Contact(crm, name, account);
        async Task<JsonElement> Asked(int limit, string? cursor)
        {
            var part = System.Text.Json.Nodes.JsonNode.Parse(of)!.AsObject();
            (part["limit"], part["cursor"], part["cursors"], part["fields"]) = (limit, cursor, true, "lastName");
            if (part.ContainsKey("per"))
                part["ids"] = new System.Text.Json.Nodes.JsonArray($"{account}");
            return (await Read(crm.Contacts, part))[0].GetProperty("lists")[0];
        }

        var all = await Asked(10, null);

        var (names, cursors) = (Names(all).Split(' ').Chunk(2).Select(n => string.Join(' ', n)).ToList(), all.GetProperty("cursors").EnumerateArray().ToList());
        Assert.Equal(4, cursors.Count);
        for (var i = 0; i < 4; i++)
            Assert.Equal(string.Join(' ', names.Skip(i + 1)), Names(await Asked(10, cursors[i].GetString())));
        Assert.Equal((await Asked(2, null)).GetProperty("nextCursor").GetString(), cursors[1].GetString());
    }

    [Fact]
    public async Task A_field_that_is_read_alone_is_what_it_is_in_the_whole_record()
    {
        var crm = await TestCrm.Tenant();
        var account = await Account(crm, "One");
        var id = (await crm.Contacts.Post("/contacts", new
        {
            firstName = "Ada",
            lastName = "King",
            jobTitle = "Countess",
            accountId = account,
            tags = new[] { "vip" },
            emails = new[] { new { address = "a@x.example", type = "work" }, new { address = "b@x.example", type = "private" } },
            phones = new[] { new { number = "+493012345678" } },
        })).Expect(201).Id;
        var whole = (await Read(crm.Contacts, new { ids = new[] { id } }))[0].GetProperty("lists")[0].GetProperty("items")[0];
        string[] fields = [.. whole.EnumerateObject().Select(p => p.Name)];

        var alone = await Read(crm.Contacts, [.. fields.Select(field => new { ids = new[] { id }, fields = field })]);

        for (var i = 0; i < fields.Length; i++)
        {
            var item = alone[i].GetProperty("lists")[0].GetProperty("items")[0];
            Assert.Equal($"{fields[i]} {whole.GetProperty(fields[i]).GetRawText()}", $"{fields[i]} {item.GetProperty(fields[i]).GetRawText()}");
            Assert.Equal(((string[])["id", "version", fields[i]]).Distinct().Order(), item.EnumerateObject().Select(p => p.Name).Order());
        }
    }

    [Fact]
    public async Task What_is_wrong_with_one_question_leaves_the_others_alone()
    {
        var crm = await TestCrm.Tenant();
        await Contact(crm, "Ada");

        var read = await Read(
            crm.Contacts, new { filter = "lastName = " }, new { filter = "lastName = \"Ada\"", total = true },
            new { per = "lastName", ids = Array.Empty<Guid>() }, new { q = "Ada", limit = 5 }, new { limit = 0, total = true },
            new { ids = Array.Empty<Guid>(), fields = "shoes" });

        Assert.Equal("invalid", read[0].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal(1, read[1].GetProperty("lists")[0].GetProperty("total").GetInt32());
        Assert.Equal("Ada", Names(read[1].GetProperty("lists")[0]));
        Assert.True(read[2].GetProperty("problem").GetProperty("errors").TryGetProperty("per", out _));
        Assert.Equal("Ada", Names(read[3].GetProperty("lists")[0]));
        Assert.Equal(1, read[4].GetProperty("lists")[0].GetProperty("total").GetInt32());
        Assert.True(read[5].GetProperty("problem").GetProperty("errors").TryGetProperty("fields", out _));
    }

    [Fact]
    public async Task Sums_are_computed_of_lists_and_per_parent_by_group()
    {
        var crm = await TestCrm.Tenant();
        var parent = await Account(crm, "Parent");
        foreach (var (name, industry, employees) in new[] { ("A", "Food", 3), ("B", "Food", 4), ("C", "Steel", 50) })
            (await crm.Contacts.Post("/accounts", new { name, industry, employees, parentId = parent })).Expect(201);
        string[] size = ["employees"];
        var sums = new { groupBy = new[] { "industry" }, sum = size, avg = size, min = size, max = new[] { "createdAt" } };

        var read = await Read(
            crm.Contacts, "accounts", new { aggregate = sums, filter = "parentId is not null" },
            new { aggregate = new { sum = new[] { "employees" } }, per = "parentId", ids = new[] { parent, Guid.CreateVersion7() } },
            new { aggregate = new { sum = new[] { "name" } } });

        var groups = read[0].GetProperty("lists")[0].GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["Food 2 7 3.5 3", "Steel 1 50 50 50"],
            groups.Select(g => $"{g.GetProperty("group").GetProperty("industry")} {g.GetProperty("count")} {g.GetProperty("sum").GetProperty("employees")} "
                + $"{g.GetProperty("avg").GetProperty("employees").GetDecimal():0.#} {g.GetProperty("min").GetProperty("employees")}"));
        Assert.Equal(57, read[1].GetProperty("lists")[0].GetProperty("items")[0].GetProperty("sum").GetProperty("employees").GetInt32());
        Assert.Empty(read[1].GetProperty("lists")[1].GetProperty("items").EnumerateArray());
        Assert.True(read[2].GetProperty("problem").GetProperty("errors").TryGetProperty("sum", out _));
    }

    [Fact]
    public async Task Of_some_records_those_are_read_that_a_filter_describes_in_the_trash_too()
    {
        var crm = await TestCrm.Tenant();
        var (ada, bob, gone) = (await Contact(crm, "Ada"), await Contact(crm, "Bob"), await Contact(crm, "Abe"));
        (await crm.Contacts.Delete($"/contacts/{gone}")).Expect(204);
        Guid[] ids = [ada, bob, gone];

        var read = await Read(
            crm.Contacts, new { ids, filter = "lastName ~ \"A*\"" }, new { ids, trash = true, filter = "lastName ~ \"A*\"" },
            new { ids, trash = true, filter = "lastName = \"Bob\"" }, new { ids, filter = "lost = 1" });

        Assert.Equal(["Ada", "Abe", ""], read.Take(3).Select(part => Names(part.GetProperty("lists")[0])));
        Assert.Equal("invalid", read[3].GetProperty("problem").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Whoever_saw_a_record_that_went_to_somebody_else_is_answered_with_its_id_and_nobody_else()
    {
        var crm = await TestCrm.Tenant();
        var (me, other, team, id) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        object[] held =
        [
            new { id, ownerId = me, teamId = (Guid?)null }, new { id = other, ownerId = (Guid?)other, teamId = (Guid?)null },
            new { id = team, ownerId = (Guid?)null, teamId = (Guid?)team },
        ];
        foreach (var reach in (string[])["none", "own", "team", "all"])
            await crm.Role($"reads {reach}", [new { record = "contact", read = reach }]);
        async Task<Guid[]> Seen(string reach)
        {
            var door = crm.Contacts.WithToken(crm.TokenOf(me, [$"reads {reach}"], team));
            var items = (await Read(door, new { held }))[0].GetProperty("lists")[0].GetProperty("items");
            return [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
        }

        Assert.Equal([id], await Seen("own"));
        Assert.Equal([id, team], await Seen("team"));
        Assert.Equal([id, other, team], await Seen("all"));
        Assert.Empty(await Seen("none"));
    }

    [Fact]
    public async Task Histories_and_what_records_were_are_read_together()
    {
        var crm = await TestCrm.Tenant();
        var ada = await Contact(crm, "Ada");
        var then = (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200)["updatedAt"].GetDateTimeOffset();
        (await crm.Contacts.Patch($"/contacts/{ada}", new { lastName = "King" })).Expect(200);

        var read = await Read(crm.Contacts, new { ids = new[] { ada, Guid.CreateVersion7() }, history = true }, new { ids = new[] { ada }, asOf = then });

        Assert.Equal([2, 0], read[0].GetProperty("lists").EnumerateArray().Select(l => l.GetProperty("items").GetArrayLength()));
        Assert.Equal("Ada", Names(read[1].GetProperty("lists")[0]));
    }

    [Fact]
    public async Task Only_what_roles_show_is_read_counted_and_added_up()
    {
        var crm = await TestCrm.Tenant();
        var account = await Account(crm, "Seen");
        var me = Guid.CreateVersion7();
        var own = new { record = "contact", read = "own", fields = new[] { new { field = "department", right = "hidden" } } };
        await crm.Role("seller", [own, new { record = "account", read = "all" }]);
        (await crm.Contacts.Post("/contacts", new { lastName = "Mine", accountId = account, ownerId = me })).Expect(201);
        var theirs = await Contact(crm, "Theirs", account);

        var seller = crm.Person(me, "seller").Contacts;
        var read = await Read(
            seller, new { per = "accountId", ids = new[] { account }, total = true }, new { ids = new[] { theirs } },
            new { aggregate = new { groupBy = new[] { "lastName" } } }, new { aggregate = new { groupBy = new[] { "department" } } });

        Assert.Equal("Mine", Names(read[0].GetProperty("lists")[0]));
        Assert.Equal(1, read[0].GetProperty("lists")[0].GetProperty("total").GetInt32());
        Assert.Empty(read[1].GetProperty("lists")[0].GetProperty("items").EnumerateArray());
        Assert.Equal(1, read[2].GetProperty("lists")[0].GetProperty("items").GetArrayLength());
        Assert.Equal("invalid", read[3].GetProperty("problem").GetProperty("code").GetString());
        var onlyReads = crm.Contacts.WithToken(crm.Token("crm.read"));
        (await onlyReads.Post("/contacts/read", new { parts = new[] { new { limit = 1 } } })).Expect(200);
    }

    private static string Names(JsonElement list) =>
        string.Join(' ', list.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("lastName").GetString()));

    private static Task<List<JsonElement>> Read(Door door, params object[] parts) => Read(door, "contacts", parts);

    private static async Task<List<JsonElement>> Read(Door door, string plural, params object[] parts) =>
        [.. (await door.Post($"/{plural}/read", new { parts })).Expect(200)["parts"].EnumerateArray()];

    private static async Task<Guid> Contact(TestCrm crm, string lastName, Guid? accountId = null) =>
        (await crm.Contacts.Post("/contacts", new { lastName, accountId })).Expect(201).Id;

    private static async Task<Guid> Account(TestCrm crm, string name) => (await crm.Contacts.Post("/accounts", new { name })).Expect(201).Id;
}
