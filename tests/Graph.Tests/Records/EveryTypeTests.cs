using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Views, added fields, jobs and the trash of every record type are reached through one field each.</summary>
public sealed class EveryTypeTests
{
    [Fact]
    public async Task A_view_is_kept_counted_changed_made_the_default_and_deleted()
    {
        var crm = await TestCrm.Tenant();
        foreach (var name in (string[])["Ada", "Byron"])
            await crm.Given("contacts", new { lastName = name });
        const string listed = "{ views(type: Contact) { id name filter scope default count countCapped problems } }";

        var made = (await crm.Graph().Data(
            """
            mutation { createView(type: Contact, input: {name: "A", filter: "lastName ~ \"A*\"", columns: ["lastName"], scope: public}) {
              result { id name columns } operation errors { field } } }
            """)).At("createView");
        var id = made.At("result.id").GetString();
        await crm.Graph().Data(
            "mutation ($id: ID!) { updateView(type: Contact, id: $id, input: {default: true, name: \"Begins with A\"}) { errors { field } } }", new { id });
        var view = (await crm.Graph().Data(listed)).At("views.0");
        var refused = (await crm.Graph().Data(
            "mutation { createView(type: Contact, input: {name: \"B\", filter: \"nothing = 1\"}) { result { id } errors { field code } } }")).At("createView");
        await crm.Graph().Data("mutation ($id: ID!) { deleteView(type: Contact, id: $id) { operation errors { field } } }", new { id });

        Assert.Equal("Begins with A", view.At("name").GetString());
        Assert.True(view.At("default").GetBoolean());
        Assert.Equal(1, view.At("count").GetInt32());
        Assert.Equal("filter", refused.At("errors.0.field").GetString());
        Assert.Equal(0, (await crm.Graph().Data(listed)).At("views").GetArrayLength());
    }

    [Fact]
    public async Task A_field_that_is_added_here_is_in_the_model_at_once_and_retires()
    {
        var crm = await TestCrm.Tenant();
        const string model = "{ model { records { record fields { name retired } } } }";
        Assert.DoesNotContain("shoeSize", (await crm.Graph().Data(model)).GetRawText(), StringComparison.Ordinal);

        var made = (await crm.Graph().Data(
            """
            mutation { createCustomField(type: Contact, input: {name: "shoeSize", label: "Shoe size", kind: number, indexed: true}) {
              result { id name kind } errors { field message } } }
            """)).At("createCustomField");
        Assert.Contains("custom.shoeSize", (await crm.Graph().Data(model)).GetRawText(), StringComparison.Ordinal);
        await crm.Given("contacts", new { lastName = "Ada", custom = new { shoeSize = 37 } });
        await crm.Graph().Data(
            "mutation ($id: ID!) { updateCustomField(type: Contact, id: $id, input: {retired: true}) { errors { field } } }",
            new { id = made.At("result.id").GetString() });

        var fields = (await crm.Graph().Data("{ customFields(type: Contact) { name label kind retired indexed index choices { value } } }")).At("customFields");
        Assert.True(fields.At("0.retired").GetBoolean());
        Assert.NotEqual(JsonValueKind.Null, fields.At("0.index").ValueKind);
        Assert.Contains("""{"name":"custom.shoeSize","retired":true}""", (await crm.Graph().Data(model)).GetRawText(), StringComparison.Ordinal);
        var wrong = (await crm.Graph().Data(
            "mutation { createCustomField(type: Contact, input: {name: \"size\"}) { errors { field code } } }")).At("createCustomField");
        Assert.Equal(["kind", "label"], wrong.At("errors").EnumerateArray().Select(e => e.At("field").GetString()!).Order());
    }

    [Fact]
    public async Task A_field_that_was_deleted_is_found_in_the_trash_and_comes_back()
    {
        var crm = await TestCrm.Tenant();
        const string listed = "query ($trash: Boolean) { customFields(type: Contact, trash: $trash) { id name } }";
        var id = (await crm.Graph().Data(
            "mutation { createCustomField(type: Contact, input: {name: \"size\", label: \"Size\", kind: text}) { result { id } } }"))
            .At("createCustomField.result.id");
        await crm.Graph().Data("mutation ($id: ID!) { deleteCustomField(type: Contact, id: $id) { errors { code } } }", new { id });

        Assert.Equal(0, (await crm.Graph().Data(listed)).At("customFields").GetArrayLength());
        Assert.Equal("size", (await crm.Graph().Data(listed, new { trash = true })).At("customFields.0.name").GetString());
        await crm.Graph().Data("mutation ($id: ID!) { restoreCustomField(type: Contact, id: $id) { errors { code } } }", new { id });
        Assert.Equal("size", (await crm.Graph().Data(listed)).At("customFields.0.name").GetString());
    }

    [Fact]
    public async Task Many_are_changed_and_deleted_as_jobs_that_can_be_undone_and_found_in_the_trash()
    {
        var crm = await TestCrm.Tenant();
        foreach (var name in (string[])["Ada", "Byron", "Cayley"])
            await crm.Given("contacts", new { lastName = name });
        const string edit =
            "mutation ($input: BulkEditInput!) { bulkEdit(type: Contact, input: $input) { count job { id state operation } errors { field message } } }";
        const string trash =
            "{ trash(type: Contact, first: 2, sort: \"lastName\") { totalCount pageInfo { hasNextPage } nodes { id ... on Contact { lastName deletedAt } } } }";

        var dry = (await crm.Graph().Data(
            edit, new { input = new { filter = "lastName ~ \"A*\"", set = new { jobTitle = "Countess" }, dryRun = true } })).At("bulkEdit");
        Assert.Equal(1, dry.At("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, dry.At("job").ValueKind);
        var set = await Done(crm, (await crm.Graph().Data(edit, new { input = new { filter = "", set = new { jobTitle = "Countess" } } })).At("bulkEdit.job"));
        Assert.Equal(3, set.At("changed").GetInt32());

        var deleted = await Done(crm, (await crm.Graph().Data(edit, new { input = new { filter = "", delete = true } })).At("bulkEdit.job"));
        var there = (await crm.Graph().Data(trash)).At("trash");
        Assert.Equal(3, there.At("totalCount").GetInt32());
        Assert.True(there.At("pageInfo.hasNextPage").GetBoolean());
        Assert.Equal("Ada", there.At("nodes.0.lastName").GetString());
        Assert.Equal(2, (await crm.Graph().Data("{ jobs(type: Contact) { id kind changed by { name } } }")).At("jobs").GetArrayLength());

        await crm.Graph().Data("mutation ($id: ID!) { undo(operation: $id) { errors { code } } }", new { id = deleted.At("operation").GetString() });
        Assert.Equal(0, (await crm.Graph().Data(trash)).At("trash.totalCount").GetInt32());
        var refused = (await crm.Graph().Data(edit, new { input = new { filter = "nothing = 1", delete = true } })).At("bulkEdit");
        Assert.Equal("filter", refused.At("errors.0.field").GetString());
        Assert.Equal(
            "not_found",
            (await crm.Graph().Data(
                "mutation ($id: ID!) { cancelJob(type: Contact, id: $id) { errors { code } } }", new { id = Guid.CreateVersion7() }))
                .At("cancelJob.errors.0.code").GetString());
    }

    [Fact]
    public async Task Who_has_not_the_privilege_does_not_see_the_change()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("plain", new { record = "contact", read = "all", update = "all" });
        var plain = crm.Graph().WithToken(crm.Home.Token(crm.Id, Guid.CreateVersion7().ToString(), ["crm.read", "crm.write"], ["plain"], []));

        var described = (await plain.Data(
            "{ __schema { mutationType { fields { name } } } __type(name: \"RecordType\") { enumValues { name } } }")).GetRawText();

        Assert.DoesNotContain("bulkEdit", described, StringComparison.Ordinal);
        Assert.DoesNotContain("CustomField", described, StringComparison.Ordinal);
        Assert.Contains("createView", described, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Account\"", described, StringComparison.Ordinal);
        Assert.Equal(["validation"], (await plain.Ask("{ views(type: Account) { id } }")).Codes());
    }

    private static async Task<JsonElement> Done(TestCrm crm, JsonElement begun)
    {
        JsonElement job = default;
        await TestCrm.Eventually(async () =>
        {
            job = (await crm.Graph().Data(
                "query ($id: ID!) { job(type: Contact, id: $id) { state done changed failed total operation errors { problem { code } } } }",
                new { id = begun.At("id").GetString() })).At("job");
            Assert.Equal("done", job.At("state").GetString());
        });
        return job;
    }
}
