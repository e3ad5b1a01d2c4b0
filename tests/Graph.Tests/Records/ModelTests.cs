using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>A client draws lists, forms and record pages from what the graph says there is.</summary>
public sealed class ModelTests
{
    private const string Everything =
        """
        {
          model {
            version privileges
            records {
              service record plural label labels deeds { create read update delete export }
              fields {
                name label kind origin required setBySlices readOnly masked sensitive searchable sortable retired operators refers min max pattern help default
                gives formula index choices { value label color retired } parts { name kind operators } graph { name reference type input }
              }
              inputs { name label kind graph { input } }
              related { name record field } doors { name method route says }
              graph { type one list changed input create update delete restore backs { name type field } }
            }
            slices { service name method route graph { type name } }
            overrides { name says allowed }
          }
        }
        """;

    [Fact]
    public async Task Whatever_the_model_names_can_be_asked_for_so()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Contacts.Post("/contacts/fields", new { name = "shoeSize", label = "Shoe size", kind = "number" })).Expect(201);

        var model = (await crm.Graph().Data(Everything)).At("model");

        var contact = Record(model, "contact");
        Assert.Equal(
            """{"type":"Contact","one":"contact","list":"contacts","changed":"contactChanged","input":"ContactInput","create":"createContact","""
            + "\"update\":\"updateContact\",\"delete\":\"deleteContact\",\"restore\":\"restoreContact\"}",
            JsonSerializer.Serialize(contact.At("graph").EnumerateObject().Where(p => p.Name != "backs").ToDictionary(p => p.Name, p => p.Value)));
        Assert.Equal("""{"name":"accountId","reference":"account","type":"Account","input":true}""", Names(contact, "accountId"));
        Assert.Equal("""{"name":"shoeSize","reference":null,"type":null,"input":true}""", Names(contact, "custom.shoeSize"));
        Assert.Equal("""{"name":"createdAt","reference":null,"type":null,"input":false}""", Names(contact, "createdAt"));
        Assert.Contains(
            """{"name":"contacts","type":"Contact","field":"accountId"}""", Record(model, "account").At("graph.backs").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("""{"type":"Mutation","name":"mergeContacts"}""", model.At("slices").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("""{"type":"Contact","name":"timeline"}""", model.At("slices").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("bulkEdit", model.At("privileges").GetRawText(), StringComparison.Ordinal);
        foreach (var record in model.At("records").EnumerateArray())
            await crm.Graph().Data(Page(record));
    }

    [Fact]
    public async Task It_says_the_same_as_rest_does()
    {
        var crm = await TestCrm.Tenant();

        var model = (await crm.Graph().Data(Everything)).At("model");
        var rest = (await crm.Contacts.Get("/model")).Expect(200).Body;

        foreach (var said in rest.At("records").EnumerateArray())
        {
            var here = Record(model, said.At("record").GetString()!);
            foreach (var member in (string[])["label", "labels", "deeds", "related", "doors"])
                Assert.True(JsonElement.DeepEquals(said.At(member), here.At(member)), $"{said.At("record")} {member}\n{said.At(member)}\n{here.At(member)}");
            foreach (var (one, other) in said.At("fields").EnumerateArray().Zip(here.At("fields").EnumerateArray()))
                foreach (var fact in one.EnumerateObject().Where(f => f.Name != "deprecated"))
                    Assert.True(JsonElement.DeepEquals(fact.Value, other.At(fact.Name)), $"{said.At("record")} {fact}\n{other.At(fact.Name)}");
        }
    }

    [Fact]
    public async Task What_is_hidden_from_the_caller_or_not_theirs_to_do_is_absent()
    {
        var crm = await TestCrm.Tenant();
        await crm.Role("reader", new
        {
            record = "*",
            read = "all",
            fields = new object[] { new { field = "jobTitle", right = "hidden" }, new { field = "birthday", right = "masked" } },
        });
        var reader = crm.Graph().WithToken(crm.Home.Token(crm.Id, Guid.CreateVersion7().ToString(), ["crm.read"], ["reader"], []));

        var contact = Record((await reader.Data(Everything)).At("model"), "contact");

        var fields = contact.At("fields").EnumerateArray().ToDictionary(f => f.At("name").GetString()!);
        Assert.DoesNotContain("jobTitle", fields.Keys);
        Assert.True(fields["birthday"].At("masked").GetBoolean());
        Assert.Equal(JsonValueKind.Null, contact.At("graph.create").ValueKind);
        Assert.Equal("none", contact.At("deeds.delete").GetString());
    }

    [Fact]
    public async Task A_field_that_was_just_added_is_there_and_the_version_is_another_one()
    {
        var crm = await TestCrm.Tenant();
        var before = (await crm.Graph().Data("{ model { version } }")).At("model.version").GetString();
        Assert.Equal(before, (await crm.Graph().Data("{ model { version } }")).At("model.version").GetString());

        (await crm.Contacts.Post("/contacts/fields", new { name = "shoeSize", label = "Shoe size", kind = "number" })).Expect(201);

        await TestCrm.Eventually(async () =>
        {
            var after = (await crm.Graph().Data(Everything)).At("model");
            Assert.NotEqual(before, after.At("version").GetString());
            Assert.Contains("custom.shoeSize", Record(after, "contact").GetRawText(), StringComparison.Ordinal);
        });
    }

    // The query a list would send, from the model alone.
    private static string Page(JsonElement record)
    {
        var fields = record.At("fields").EnumerateArray().Where(f => f.At("origin").GetString() != "custom" && f.At("parts").ValueKind == JsonValueKind.Null)
            .Select(f => f.At("graph")).Where(g => g.At("name").ValueKind == JsonValueKind.String)
            .Select(g => g.At("reference").GetString() is { } reference ? $"{reference} {{ id }}" : g.At("name").GetString() is "createdBy" or "updatedBy"
                ? $"{g.At("name")} {{ name }}" : g.At("name").GetString()!);
        return $"{{ {record.At("graph.list")}(first: 1) {{ totalCount nodes {{ {string.Join(' ', fields)} }} }} }}";
    }

    private static JsonElement Record(JsonElement model, string record) =>
        model.At("records").EnumerateArray().First(r => r.At("record").GetString() == record);

    private static string Names(JsonElement record, string field) =>
        record.At("fields").EnumerateArray().First(f => f.At("name").GetString() == field).At("graph").GetRawText();
}
