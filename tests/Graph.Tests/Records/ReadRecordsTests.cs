using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Records through the graph: what they hold, where they lead, how many there are.</summary>
public sealed class ReadRecordsTests
{
    [Fact]
    public async Task References_lead_to_records_and_back_over_services_and_lists_have_pages()
    {
        var crm = await TestCrm.Tenant();
        var user = (await crm.Service("identity").Post("/users", new { name = "Owner", email = "owner@x.example" })).Expect(201).Id;
        var account = await crm.Given("accounts", new { name = "Analytical", ownerId = user });
        var boss = await crm.Given("contacts", new { lastName = "Boss", accountId = account });
        foreach (var name in (string[])["A", "B", "C"])
            await crm.Given("contacts", new { lastName = name, accountId = account, reportsToId = boss, email = $"{name}@x.example" });

        var data = await crm.Graph().Data(
            """
            query ($id: ID!) {
              account(id: $id) {
                name owner { name accountsByOwner { totalCount } }
                contacts(first: 2, sort: "lastName", filter: "reportsToId is not null") {
                  totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
                  nodes { lastName email emails { address primary } account { id name } reportsTo { displayName } }
                  edges { node { id } }
                }
              }
            }
            """, new { id = account });

        var found = data.At("account");
        Assert.Equal("Owner", found.At("owner.name").GetString());
        Assert.Equal(1, found.At("owner.accountsByOwner.totalCount").GetInt32());
        Assert.Equal(3, found.At("contacts.totalCount").GetInt32());
        Assert.True(found.At("contacts.pageInfo.hasNextPage").GetBoolean());
        Assert.Equal("A@x.example", found.At("contacts.nodes.0.emails.0.address").GetString());
        Assert.Equal("Boss", found.At("contacts.nodes.1.reportsTo.displayName").GetString());
        Assert.Equal("Analytical", found.At("contacts.nodes.0.account.name").GetString());
        var next = await crm.Graph().Data(
            "query ($id: ID!, $after: String) { account(id: $id) { contacts(first: 2, sort: \"lastName\", filter: \"reportsToId is not null\", after: $after) "
            + "{ nodes { lastName } pageInfo { hasNextPage hasPreviousPage } } } }",
            new { id = account, after = found.At("contacts.pageInfo.endCursor").GetString() });
        Assert.Equal("C", next.At("account.contacts.nodes.0.lastName").GetString());
        Assert.False(next.At("account.contacts.pageInfo.hasNextPage").GetBoolean());
    }

    [Fact]
    public async Task Parts_of_a_record_have_their_kinds()
    {
        var crm = await TestCrm.Tenant();
        var pipeline = crm.Service("pipeline");
        (await pipeline.Post("/pipelines/default", new { })).Expect(200);
        var deal = (await pipeline.Post("/deals", new
        {
            name = "Engines",
            lines = new[] { new { name = "Engine", quantity = 2, listPrice = new { amount = "12.50", currency = "EUR" } } },
        })).Expect(201).Id;

        var data = await crm.Graph().Data(
            """
            query ($id: ID!) {
              deal(id: $id) { lines { name quantity listPrice total } }
              dear: deals(filter: "any(lines, listPrice >= 12.5 EUR)") { totalCount }
              cheap: deals(filter: "any(lines, listPrice < 12.5)") { totalCount }
            }
            """, new { id = deal });

        Assert.Equal("12.50", data.At("deal.lines.0.listPrice.amount").GetString());
        Assert.Equal("25.00", data.At("deal.lines.0.total.amount").GetString());
        Assert.Equal((1, 0), (data.At("dear.totalCount").GetInt32(), data.At("cheap.totalCount").GetInt32()));

        var way = (await crm.Graph().Data("{ pipelines { nodes { id } } }")).At("pipelines.nodes.0.id").GetString();
        var moves = await crm.Graph().Data(
            """
            mutation ($id: ID!, $moves: [PipelineMovesItemInput!]) {
              updatePipeline(id: $id, input: { moves: $moves }) { pipeline { moves { roles } } errors { message } }
            }
            """,
            new { id = way, moves = new[] { new { roles = new[] { "sales", "manager" } } } });
        Assert.Equal("manager", moves.At("updatePipeline.pipeline.moves.0.roles.1").GetString());
        var found = await crm.Graph().Data("{ pipelines(filter: \"any(moves, roles has 'sales')\") { totalCount } }");
        Assert.Equal(1, found.At("pipelines.totalCount").GetInt32());
    }

    [Fact]
    public async Task Values_come_through_as_they_are_kept()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/accounts/fields", new { name = "size", label = "Size", kind = "number" })).Expect(201);
        (await crm.Contacts.Post("/accounts/fields", new
        {
            name = "rank",
            label = "Rank",
            kind = "choice",
            choices = new[] { new { value = "gold" }, new { value = "lead" } },
        })).Expect(201);
        var revenue = new { amount = "12345678901234567.89", currency = "EUR" };
        var id = (await crm.Contacts.Post("/accounts", """
            {"name": "Exact", "revenue": {"amount": "12345678901234567.89", "currency": "EUR"}, "tags": ["a"],
             "custom": {"size": 1234567890.123456789, "rank": "gold"}, "addresses": [{"city": "Ulm", "country": "DE"}]}
            """)).Expect(201).Id;

        var data = await crm.Graph().Data(
            "query ($id: ID!) { account(id: $id) { revenue tags createdAt createdBy { name door } custom { size rank } addresses { city country } } }",
            new { id });

        Assert.Equal(JsonSerializer.Serialize(revenue), data.At("account.revenue").GetRawText());
        Assert.Equal("1234567890.123456789", data.At("account.custom.size").GetRawText());
        Assert.Equal("gold", data.At("account.custom.rank").GetString());
        Assert.Equal("Ulm", data.At("account.addresses.0.city").GetString());
        Assert.Equal("rest", data.At("account.createdBy.door").GetString());
        Assert.Equal("[\"a\"]", data.At("account.tags").GetRawText());
    }

    [Fact]
    public async Task What_words_find_is_counted_without_being_read()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Lovelace" });
        await crm.Given("contacts", new { lastName = "Byron" });

        Assert.Equal(1, (await crm.Graph().Data("{ contacts(q: \"lovelace\") { totalCount } }")).At("contacts.totalCount").GetInt32());
    }

    [Fact]
    public async Task Records_are_found_by_any_id_by_words_and_as_they_were()
    {
        var crm = await TestCrm.Tenant();
        var account = await crm.Given("accounts", new { name = "Lovelace Ltd" });
        var contact = await crm.Given("contacts", new { lastName = "Lovelace", accountId = account });
        var then = (await crm.Contacts.Get($"/contacts/{contact}")).Expect(200)["updatedAt"].GetDateTimeOffset();
        (await crm.Contacts.Patch($"/contacts/{contact}", new { lastName = "King" })).Expect(200);

        var data = await crm.Graph().Data(
            """
            query ($contact: ID!, $account: ID!, $then: DateTime!) {
              one: node(id: $contact) { __typename id ... on Contact { lastName history(first: 5) { type version actor { name } } } }
              other: node(id: $account) { __typename }
              none: node(id: "0199a000-0000-7000-8000-000000000000") { id }
              odd: node(id: "1") { id }
              then: contact(id: $contact, asOf: $then) { lastName }
              search(q: "lovelace") { __typename id }
              only: search(q: "lovelace", types: [Contact]) { id }
            }
            """, new { contact, account, then });

        Assert.Equal("Contact King", $"{data.At("one.__typename")} {data.At("one.lastName")}");
        Assert.Equal("contact.updated 2", $"{data.At("one.history.0.type")} {data.At("one.history.0.version")}");
        Assert.Equal("Account", data.At("other.__typename").GetString());
        Assert.Equal("null null", $"{data.At("none").GetRawText()} {data.At("odd").GetRawText()}");
        Assert.Equal("Lovelace", data.At("then.lastName").GetString());
        Assert.Contains(data.At("search").EnumerateArray(), r => r.At("__typename").GetString() == "Account");
        Assert.Equal(JsonValueKind.Array, data.At("only").ValueKind);
    }

    [Fact]
    public async Task Slips_of_the_finger_count_where_nothing_of_any_type_is_as_it_was_typed()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("accounts", new { name = "Marzin" });
        await crm.Given("contacts", new { lastName = "Marzim" });
        async Task<string> Found(string q) => string.Join(' ', (await crm.Graph().Data("query ($q: String!) { search(q: $q) { __typename } }", new { q }))
            .At("search").EnumerateArray().Select(r => r.At("__typename").GetString()).Order());

        Assert.Equal("Contact", await Found("marzim"));
        Assert.Equal("Account Contact", await Found("marzik"));
    }

    [Fact]
    public async Task Lists_are_added_up_and_divided_into_groups()
    {
        var crm = await TestCrm.Tenant();
        var parent = await crm.Given("accounts", new { name = "Parent" });
        foreach (var (name, industry, employees) in new[] { ("A", "Food", 3), ("B", "Food", 4), ("C", "Steel", 50) })
            await crm.Given("accounts", new { name, industry, employees, parentId = parent });

        var data = await crm.Graph().Data(
            """
            query ($id: ID!) {
              accounts(filter: "parentId is not null") {
                totalCount aggregate { count sum { employees } max { createdAt } } groups(by: ["industry"]) { group count avg { employees } }
              }
              account(id: $id) { accountsByParent(first: 1) { nodes { name } aggregate { sum { employees } } few: aggregate { min { employees } } } }
              nobody: accounts(filter: "name = \"Nobody\"") { aggregate { count sum { employees } } groups(by: ["name"]) { count } }
            }
            """, new { id = parent });

        Assert.Equal("3 57", $"{data.At("accounts.aggregate.count")} {data.At("accounts.aggregate.sum.employees")}");
        Assert.Equal("Food 2", $"{data.At("accounts.groups.0.group.industry")} {data.At("accounts.groups.0.count")}");
        Assert.Equal("57 3", $"{data.At("account.accountsByParent.aggregate.sum.employees")} {data.At("account.accountsByParent.few.min.employees")}");
        Assert.Equal(0, data.At("nobody.aggregate.count").GetInt32());
        Assert.Empty(data.At("nobody.groups").EnumerateArray());
    }

    [Fact]
    public async Task What_is_wrong_with_one_list_is_told_there_and_leaves_the_rest()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });

        var answer = await crm.Graph().Ask("{ wrong: contacts(filter: \"lastName = \") { nodes { id } } contacts { nodes { lastName } } }");

        Assert.Equal(["invalid"], answer.Codes());
        Assert.Equal("wrong", answer.At("errors.0.path.0").GetString());
        Assert.Equal(JsonValueKind.Null, answer.At("data.wrong").ValueKind);
        Assert.Equal("Ada", answer.At("data.contacts.nodes.0.lastName").GetString());
        var tooMuch = await crm.Graph().Ask("{ contacts(first: 200) { nodes { account { contacts(first: 200) { nodes { id } } } } } }");
        Assert.Equal(["too_much"], tooMuch.Codes());
        var manyQuestions = string.Concat(Enumerable.Range(0, 1_100).Select(i => $"a{i}: contacts {{ totalCount }} "));
        Assert.Equal(["too_much"], (await crm.Graph().Ask($"{{ {manyQuestions} }}")).Codes());
        Assert.Equal(["bad_input"], (await crm.Graph().Ask("{ contacts(first: 201) { nodes { id } } }")).Codes());
    }

    [Fact]
    public async Task What_roles_hide_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        object[] fields = [new { field = "birthday", right = "hidden" }, new { field = "department", right = "masked" }];
        await crm.Role("clerk", new { record = "contact", read = "own", fields });
        var clerk = Guid.CreateVersion7();
        await crm.Given("contacts", new { lastName = "Mine", ownerId = clerk, department = "Secrets", birthday = "1815-12-10" });
        var theirs = await crm.Given("contacts", new { lastName = "Theirs" });
        var graph = crm.Graph().WithToken(crm.TokenOf(clerk, ["clerk"]));

        var data = await graph.Data(
            """
            query ($id: ID!) {
              contacts { totalCount nodes { lastName department masked } }
              contact(id: $id) { id }
              __type(name: "Contact") { fields { name } }
              none: __type(name: "Account") { name }
            }
            """, new { id = theirs });

        Assert.Equal("1 Mine", $"{data.At("contacts.totalCount")} {data.At("contacts.nodes.0.lastName")}");
        Assert.Equal("null [\"department\"]", $"{data.At("contacts.nodes.0.department").GetRawText()} {data.At("contacts.nodes.0.masked").GetRawText()}");
        Assert.Equal(JsonValueKind.Null, data.At("contact").ValueKind);
        Assert.DoesNotContain(data.At("__type.fields").EnumerateArray(), f => f.At("name").GetString() == "birthday");
        Assert.Equal(JsonValueKind.Null, data.At("none").ValueKind);
        var hidden = await graph.Ask("{ contacts { nodes { birthday } } }");
        var unknown = await graph.Ask("{ contacts { nodes { birthdax } } }");
        Assert.Equal($"{unknown.At("errors.0.message")}", $"{hidden.At("errors.0.message")}".Replace("birthday", "birthdax", StringComparison.Ordinal));
    }
}
