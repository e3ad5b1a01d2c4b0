using System.Security.Cryptography;
using System.Text;
using CrmPlatform.Graph.Tests.Language;
using CrmPlatform.Graph.Tests.Plan;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Transport;

/// <summary>GraphQL over HTTP: what its audit asks, and what it does not.</summary>
public sealed class HttpTests
{
    [Fact]
    public async Task The_audit_of_GraphQL_over_HTTP_finds_nothing()
    {
        var crm = await TestCrm.Tenant();

        var told = await Reference.Audit($"{crm.Graph().Address}api/v1/graphql", crm.Token("crm.read"));

        Assert.Contains("61 of 61 ok", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_are_answered_to_GET_and_not_again_while_nothing_has_changed()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });
        var query = Uri.EscapeDataString("query ($n: Int) { contacts(first: $n) { nodes { lastName } } }");
        var path = $"/graphql?query={query}&variables={Uri.EscapeDataString("{\"n\": 1}")}";

        var first = (await crm.Graph().Get(path)).Expect(200);
        var again = await crm.Graph().With("If-None-Match", first.Headers["ETag"]).Get(path);
        await crm.Given("contacts", new { lastName = "Bob" });
        var changed = await crm.Graph().With("If-None-Match", first.Headers["ETag"]).Get(path);

        Assert.Equal("Ada", first.Body.At("data.contacts.nodes.0.lastName").GetString());
        Assert.Equal((304, ""), (again.Status, again.Text));
        Assert.Equal("Bob", changed.Expect(200).Body.At("data.contacts.nodes.0.lastName").GetString());
        var mutation = await crm.Graph().Get($"/graphql?query={Uri.EscapeDataString("mutation { createContact(input: {lastName: \"No\"}) { operation } }")}");
        Assert.Equal(405, mutation.Status);
    }

    [Fact]
    public async Task What_cannot_be_a_request_is_refused_with_what_is_wrong()
    {
        var crm = await TestCrm.Tenant();
        var strict = crm.Graph().With("Accept", "application/graphql-response+json");

        Assert.Equal(400, (await crm.Graph().Post("/graphql", "[{\"query\": \"{ __typename }\"}]")).Status);
        Assert.Equal(400, (await crm.Graph().Post("/graphql", "{\"query\": 1}")).Status);
        Assert.Equal(400, (await crm.Graph().Post("/graphql", "no json")).Status);
        Assert.Equal(["syntax"], (await strict.Post("/graphql", new { query = "{" })).Expect(400).Body.Codes());
        Assert.Equal(["validation"], (await strict.Post("/graphql", new { query = "{ lost }" })).Expect(400).Body.Codes());
        Assert.Equal(["bad_input"], (await strict.Post("/graphql", new { query = "query A { __typename } query B { __typename }" })).Expect(400).Body.Codes());
        Assert.Equal(["too_much"], (await crm.Graph().Ask($"{{ {string.Concat(Enumerable.Repeat("__typename ", 30_000))} }}")).Codes());
        Assert.Equal(406, (await crm.Graph().With("Accept", "text/html").Post("/graphql", new { query = "{ __typename }" })).Status);
        Assert.Equal(["token_missing"], (await crm.Graph().WithoutToken().Post("/graphql", new { query = "{ __typename }" })).Expect(401).Body.Codes());
    }

    [Fact]
    public async Task Torn_requests_are_answered_and_say_nothing_of_what_is_inside()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });
        string[] bodies =
        [
            """
            {"query": "query ($f: String, $n: Int = 2) { contacts(filter: $f, first: $n, sort: \"-createdAt\") {
              totalCount nodes { id lastName account { name } history { type } } } }", "variables": {"f": "lastName ~ \"a*\"", "n": 3}}
            """,
            """
            {"query": "mutation M($i: ContactInput!) { createContact(input: $i) { contact { id lastName } errors { field message } } }",
             "operationName": "M", "variables": {"i": {"lastName": "Torn", "emails": [{"address": "a@x.example"}], "birthday": "2000-01-01"}}}
            """,
            """
            {"query": "{ accounts { groups(by: [\"industry\"]) { group count sum { employees } } } search(q: \"ada\") { id }
              node(id: \"0199a000-0000-7000-8000-000000000000\") { __typename } }"}
            """,
        ];

        await Parallel.ForAsync(0, 600, async (i, _) =>
        {
            var body = new Generator(Kennel.Types, i).Torn(bodies[i % bodies.Length].ReplaceLineEndings(" "));
            var answer = await crm.Graph().Post("/graphql", body);
            Assert.True(answer.Status is 200 or 400, $"{body}\n{answer}");
            Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"internal\"", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Behind_the_edge_it_is_at_graphql_with_the_caller_s_token_and_its_page_is_for_everybody()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada" });
        var edge = crm.Service("edge");
        await TestCrm.Eventually(async () => (await edge.Get("/graphql?query={__typename}")).Expect(200));
        using var http = new HttpClient();

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.Address, "/graphql"))
        {
            Content = new StringContent("{\"query\": \"{ contacts { totalCount } }\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", crm.Token("crm.read"));
        var answer = await Reply.Read(await http.SendAsync(request, TestContext.Current.CancellationToken));
        var page = await edge.Look("/graphiql");

        Assert.Equal(1, answer.Expect(200).Body.At("data.contacts.totalCount").GetInt32());
        Assert.Equal(401, (await edge.WithoutToken().Post("/graphql", new { query = "{ __typename }" })).Status);
        Assert.Contains("<h1>Graph</h1>", page.Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_shows_to_begin_with_is_answered()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("accounts", new { name = "Company", industry = "Food" });
        var page = (await crm.Graph().Look("/graphiql")).Expect(200).Text;
        var begins = page.IndexOf("<textarea id=\"query\"", StringComparison.Ordinal);
        var query = page[(page.IndexOf('>', begins) + 1)..page.IndexOf("</textarea>", begins, StringComparison.Ordinal)];

        var data = await crm.Graph().Data(System.Net.WebUtility.HtmlDecode(query));

        Assert.Equal("Company", data.At("accounts.nodes.0.name").GetString());
    }

    [Fact]
    public async Task Known_operations_are_called_by_their_hash_and_can_be_all_there_is()
    {
        var crm = await TestCrm.Tenant();
        var folder = Directory.CreateTempSubdirectory("crm-operations-");
        const string known = "{ contacts { totalCount } }";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "count.graphql"), known, TestContext.Current.CancellationToken);
        await using var counting = await Counting.Of(
            crm, ("CRM_GRAPH_OPERATIONS", folder.FullName), ("CRM_GRAPH_ONLY_OPERATIONS", "true"), ("CRM_GRAPH_INTROSPECTION", "false"));
        object Hashed(string hash) => new { extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } } };
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(known)));

        var answer = (await counting.Graph.Post("/graphql", Hashed(hash))).Expect(200);

        Assert.Equal(0, answer.Body.At("data.contacts.totalCount").GetInt32());
        Assert.Equal(["PERSISTED_QUERY_NOT_FOUND"], (await counting.Graph.Post("/graphql", Hashed(hash[1..] + "0"))).Body.Codes());
        Assert.Equal(["operation_not_known"], (await counting.Graph.Ask("{ contacts { nodes { id } } }")).Codes());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_graph_that_shall_not_describe_itself_does_not()
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm, ("CRM_GRAPH_INTROSPECTION", "false"));

        Assert.Equal(["introspection_off"], (await counting.Graph.Ask("{ __schema { types { name } } }")).Codes());
        Assert.Equal(["introspection_off"], (await counting.Graph.Ask("{ ... { ... on Query { __type(name: \"Query\") { name } } } }")).Codes());
        Assert.Equal("Query", (await counting.Graph.Data("{ __typename }")).At("__typename").GetString());
    }

    [Fact]
    public async Task The_reference_understands_the_schema_of_the_platform()
    {
        var crm = await TestCrm.Tenant();
        var described = await crm.Graph().Data(await File.ReadAllTextAsync(Kennel.At("introspection.graphql"), TestContext.Current.CancellationToken));

        var printed = await Reference.Printed(System.Text.Json.Nodes.JsonNode.Parse(described.GetRawText())!);

        Assert.Contains("type Contact implements Record & Node {", printed, StringComparison.Ordinal);
        Assert.Contains("contacts(", printed, StringComparison.Ordinal);
        Assert.Contains("mergeContacts(", printed, StringComparison.Ordinal);
        Assert.Contains("enum ContactBuyingRole {", printed, StringComparison.Ordinal);
    }
}
