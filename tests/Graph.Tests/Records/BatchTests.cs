using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Many changes in one question: each stands or falls alone, and one operation takes back all that stood.</summary>
public sealed class BatchTests
{
    private const string Batch =
        """
        mutation ($operations: [BatchOperationInput!]!, $atomic: Boolean! = false) {
          batch(type: Contact, input: { operations: $operations, atomic: $atomic }) {
            items { status record { id version ... on Contact { lastName jobTitle account { name } custom { badge } } } errors { code field message facts } }
            operation
            errors { code message }
          }
        }
        """;

    [Fact]
    public async Task Each_is_answered_for_itself_and_one_operation_takes_all_back()
    {
        var crm = await Tenant();
        var account = await crm.Given("accounts", new { name = "Analytical" });
        var (ada, byron) = (await crm.Given("contacts", new { lastName = "Ada" }), await crm.Given("contacts", new { lastName = "Byron", jobTitle = "Poet" }));

        var done = (await crm.Graph().Data(Batch, new
        {
            operations = new object[]
            {
                new { @do = "patch", id = ada, fields = new { accountId = account, jobTitle = "Analyst", custom = new { badge = "A1" } } },
                new { @do = "patch", id = byron, fields = new { jobTitle = "Lord" }, @base = new { jobTitle = "Boxer" } },
                new { @do = "patch", id = ada, fields = new { email = "no mail" } },
                new { @do = "create", fields = new { lastName = "Cayley" } },
                new { @do = "delete", id = byron },
            },
        })).At("batch");

        Assert.Equal([200, 409, 422, 201, 204], done.At("items").EnumerateArray().Select(i => i.At("status").GetInt32()));
        Assert.Equal("Analytical Analyst A1", string.Join(
            ' ', done.At("items.0.record.account.name"), done.At("items.0.record.jobTitle"), done.At("items.0.record.custom.badge")));
        Assert.Equal("conflict", done.At("items.1.errors.0.code").GetString());
        Assert.Contains("Poet", done.At("items.1.errors.0.facts").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("email", done.At("items.2.errors.0.field").GetString());
        Assert.Equal(JsonValueKind.Null, done.At("items.4.record").ValueKind);
        Assert.Equal(0, done.At("errors").GetArrayLength());

        await crm.Graph().Data("mutation ($id: ID!) { undo(operation: $id) { errors { code } } }", new { id = done.At("operation").GetString() });
        var now = (await crm.Graph().Data("{ contacts(sort: \"lastName\") { nodes { lastName jobTitle } } }")).At("contacts.nodes").GetRawText();
        Assert.Equal("""[{"lastName":"Ada","jobTitle":null},{"lastName":"Byron","jobTitle":"Poet"}]""", now);
    }

    [Fact]
    public async Task All_or_nothing_says_of_each_why()
    {
        var crm = await Tenant();

        var refused = (await crm.Graph().Data(Batch, new
        {
            atomic = true,
            operations = new object[] { new { @do = "create", fields = new { lastName = "Ada" } }, new { @do = "create", fields = new { email = "no mail" } } },
        })).At("batch");

        Assert.Equal("batch_refused", refused.At("errors.0.code").GetString());
        Assert.Equal(JsonValueKind.Null, refused.At("operation").ValueKind);
        Assert.Equal([424, 422], refused.At("items").EnumerateArray().Select(i => i.At("status").GetInt32()));
        Assert.Contains(refused.At("items.1.errors").EnumerateArray(), e => e.At("field").GetString() == "lastName");
        Assert.Equal(0, (await crm.Graph().Data("{ contacts { totalCount } }")).At("contacts.totalCount").GetInt32());
    }

    [Fact]
    public async Task What_many_records_lead_to_counts_as_much_as_in_a_list()
    {
        var crm = await Tenant();
        const string far =
            """
            mutation ($operations: [BatchOperationInput!]!) {
              batch(type: Contact, input: { operations: $operations }) {
                items { record { ... on Contact { account { contacts(first: 200) { nodes { id } } } } } }
              }
            }
            """;
        var many = Enumerable.Range(0, 200).Select(i => new { @do = "create", fields = new { lastName = $"Nobody {i}" } });

        Assert.Equal(["too_much"], (await crm.Graph().Ask(far, new { operations = many })).Codes());
        Assert.Equal(0, (await crm.Graph().Data("{ contacts { totalCount } }")).At("contacts.totalCount").GetInt32());
    }

    private static async Task<TestCrm> Tenant()
    {
        var crm = await TestCrm.Tenant();
        await crm.Graph().Data(
            "mutation { createCustomField(type: Contact, input: { name: \"badge\", label: \"Badge\", kind: text }) { errors { field } } }");
        return crm;
    }
}
