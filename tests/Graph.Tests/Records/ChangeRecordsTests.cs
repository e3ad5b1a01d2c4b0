using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Changes through the graph: the same rules, the same history, errors at their fields.</summary>
public sealed class ChangeRecordsTests
{
    [Fact]
    public async Task A_record_is_entered_edited_put_away_and_taken_back()
    {
        var crm = await TestCrm.Tenant();
        var account = await crm.Given("accounts", new { name = "Analytical" });

        var entered = (await crm.Graph().Data(
            """
            mutation ($input: ContactInput!) {
              createContact(input: $input) { contact { id version lastName emails { address } account { name } } operation errors { field } }
            }
            """,
            new { input = new { lastName = "Lovelace", accountId = account, emails = new[] { new { address = "ada@x.example" } } } })).At("createContact");
        var id = entered.At("contact.id").GetGuid();
        var changed = await crm.Graph().Data(
            """
            mutation ($id: ID!) {
              first: updateContact(id: $id, input: { jobTitle: "Analyst", birthday: "1815-12-10" }, ifMatch: 1) {
                contact { version jobTitle birthday } errors { code }
              }
              stale: updateContact(id: $id, input: { jobTitle: "Boss" }, ifMatch: 1) { contact { id } errors { code message } }
              deleted: deleteContact(id: $id) { contact { id } operation errors { code } }
              gone: updateContact(id: $id, input: { jobTitle: null }) { errors { code } }
              back: restoreContact(id: $id) { contact { version lastName } }
            }
            """, new { id });

        Assert.Equal("Analytical", entered.At("contact.account.name").GetString());
        var first = changed.At("first.contact");
        Assert.Equal("2 Analyst 1815-12-10", $"{first.At("version")} {first.At("jobTitle")} {first.At("birthday")}");
        Assert.Equal("stale", changed.At("stale.errors.0.code").GetString());
        Assert.Equal(JsonValueKind.Null, changed.At("stale.contact").ValueKind);
        Assert.Empty(changed.At("deleted.errors").EnumerateArray());
        Assert.Equal("not_found", changed.At("gone.errors.0.code").GetString());
        Assert.Equal("4 Lovelace", $"{changed.At("back.contact.version")} {changed.At("back.contact.lastName")}");
        Assert.Equal(0, (await crm.Contacts.Post($"/operations/{changed.At("deleted.operation")}/undo")).Expect(200)["records"].GetInt32()); // it is back
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_fields_and_one_key_is_one_change()
    {
        var crm = await TestCrm.Tenant();

        var wrong = await crm.Graph().Data(
            "mutation { createContact(input: { email: \"no mail\", phone: \"12\" }) { contact { id } errors { field code message facts } } }");
        var key = $"{Guid.CreateVersion7()}";
        var once = await crm.Graph().Data(
            $$"""
            mutation {
              a: createContact(input: { lastName: "Once" }, idempotencyKey: "{{key}}") { contact { id } }
              b: createContact(input: { lastName: "Once" }, idempotencyKey: "{{key}}") { contact { id } }
            }
            """);

        var fields = wrong.At("createContact.errors").EnumerateArray().Select(e => e.At("field").GetString()).Order();
        Assert.Contains("lastName", fields);
        var rules = wrong.At("createContact.errors").EnumerateArray()
            .ToDictionary(e => e.At("field").GetString()!, e => e.At("facts.broken.rule").GetString());
        Assert.Equal(("required", "email"), (rules["lastName"], rules["email"]));
        Assert.Equal(JsonValueKind.Null, wrong.At("createContact.contact").ValueKind);
        Assert.Equal(once.At("a.contact.id").GetGuid(), once.At("b.contact.id").GetGuid());
        var twice = await crm.Graph().Data(
            "mutation ($email: String) { createContact(input: { lastName: \"L\", email: $email }) { errors { message facts } } }",
            new { email = new string('x', 300) });
        Assert.Equal(
            ["email: email is not a valid e-mail address.", "length: The field email must be a string with a maximum length of 254."],
            twice.At("createContact.errors").EnumerateArray().Select(e => $"{e.At("facts.broken.rule")}: {e.At("message")}").Order());
    }

    [Fact]
    public async Task Slices_are_mutations_with_the_record_they_answer_with()
    {
        var crm = await TestCrm.Tenant();
        var (winner, loser) = (await crm.Given("accounts", new { name = "Winner" }), await crm.Given("accounts", new { name = "Loser" }));
        await crm.Given("contacts", new { lastName = "Moved", accountId = loser });

        var merged = await crm.Graph().Data(
            "mutation ($id: ID!, $loser: ID!) { mergeAccounts(id: $id, input: { loser: $loser }) { account { name contacts { nodes { lastName } } } } }",
            new { id = winner, loser });

        Assert.Equal("Winner", merged.At("mergeAccounts.account.name").GetString());
        Assert.Equal("Moved", merged.At("mergeAccounts.account.contacts.nodes.0.lastName").GetString());
    }

    [Fact]
    public async Task Who_may_only_read_changes_nothing()
    {
        var crm = await TestCrm.Tenant();
        var graph = crm.Graph().WithToken(crm.Token("crm.read"));

        var answer = await graph.Ask("mutation { createContact(input: { lastName: \"No\" }) { contact { id } } }");

        Assert.Equal(["scope_missing"], answer.Codes());
        Assert.Equal(0, (await graph.Data("{ contacts { totalCount } }")).At("contacts.totalCount").GetInt32());
    }
}
