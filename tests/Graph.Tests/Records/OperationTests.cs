using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>What was done is read and taken back in all services, as at the edge.</summary>
public sealed class OperationTests
{
    private const string Undo =
        """
        mutation ($id: ID!, $keep: Boolean) {
          undo(operation: $id, keepChanged: $keep) {
            operation result { undoneBy records kept { field } } errors { code message } conflicts { record id field before wrote now }
          }
        }
        """;

    [Fact]
    public async Task A_change_is_read_and_taken_back_and_so_is_taking_it_back()
    {
        var crm = await TestCrm.Tenant();
        var created = await crm.Graph().Data("mutation { createContact(input: {lastName: \"Ada\"}) { operation contact { id } } }");
        var (operation, ada) = (created.At("createContact.operation").GetString(), created.At("createContact.contact.id").GetString());

        var told = await crm.Graph().Data("query ($id: ID!) { operation(id: $id) { at entries records undoes actor } }", new { id = operation });
        Assert.Equal("""{"contact":1}""", told.At("operation.records").GetRawText());

        var undone = (await crm.Graph().Data(Undo, new { id = operation })).At("undo");
        Assert.Equal("[]", undone.At("errors").GetRawText());
        Assert.Equal(1, undone.At("result.records").GetInt32());
        Assert.Equal(undone.At("operation").GetString(), undone.At("result.undoneBy").GetString());
        Assert.Equal(JsonValueKind.Null, (await crm.Graph().Data("query ($id: ID!) { contact(id: $id) { id } }", new { id = ada })).At("contact").ValueKind);

        await crm.Graph().Data(Undo, new { id = undone.At("operation").GetString() });
        var again = await crm.Graph().Data("query ($id: ID!) { contact(id: $id) { lastName } }", new { id = ada });
        Assert.Equal("Ada", again.At("contact.lastName").GetString());
    }

    [Fact]
    public async Task What_somebody_has_changed_since_is_reported_by_field_and_kept_on_demand()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Given("contacts", new { lastName = "Ada" });
        var changed = await crm.Graph().Data(
            "mutation ($id: ID!) { updateContact(id: $id, input: {lastName: \"Byron\", jobTitle: \"Countess\"}) { operation } }", new { id = ada });
        (await crm.Contacts.Patch($"/contacts/{ada}", new { lastName = "King" })).Expect(200);
        var id = changed.At("updateContact.operation").GetString();

        var refused = (await crm.Graph().Data(Undo, new { id })).At("undo");
        var kept = (await crm.Graph().Data(Undo, new { id, keep = true })).At("undo");

        Assert.Equal(JsonValueKind.Null, refused.At("operation").ValueKind);
        Assert.Equal(
            $$"""{"record":"contact","id":"{{ada}}","field":"lastName","before":"Ada","wrote":"Byron","now":"King"}""", refused.At("conflicts.0").GetRawText());
        Assert.Equal("lastName", kept.At("result.kept.0.field").GetString());
        var now = (await crm.Contacts.Get($"/contacts/{ada}")).Expect(200);
        Assert.Equal("King", now["lastName"].GetString());
        Assert.Equal(JsonValueKind.Null, now["jobTitle"].ValueKind);
    }

    [Fact]
    public async Task Another_tenant_s_operation_is_as_if_it_were_not_there()
    {
        var crm = await TestCrm.Tenant();
        var created = await crm.Graph().Data("mutation { createContact(input: {lastName: \"Ada\"}) { operation } }");
        var id = created.At("createContact.operation").GetString();
        var other = crm.Another().Graph();

        var told = await other.Data("query ($id: ID!) { operation(id: $id) { at } }", new { id });
        var undone = (await other.Data(Undo, new { id })).At("undo");

        Assert.Equal(JsonValueKind.Null, told.At("operation").ValueKind);
        Assert.Equal("not_found", undone.At("errors.0.code").GetString());
    }
}
