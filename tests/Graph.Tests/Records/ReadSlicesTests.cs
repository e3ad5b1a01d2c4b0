using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Questions that are slices of their own are fields of what they are about, typed as their services declare them.</summary>
public sealed class ReadSlicesTests
{
    [Fact]
    public async Task What_happened_to_people_stands_beside_them()
    {
        var crm = await TestCrm.Tenant();
        foreach (var name in (string[])["A", "B"])
            await crm.Given("contacts", new { lastName = name });

        await TestCrm.Eventually(async () =>
        {
            var data = await crm.Graph().Data("{ contacts(sort: \"lastName\") { nodes { lastName timeline { what at actor fields } } } }");
            Assert.All(data.At("contacts.nodes").EnumerateArray(), c => Assert.Equal("entered", c.At("timeline.0.what").GetString()));
        });
    }

    [Fact]
    public async Task A_deal_s_stays_and_a_board_lead_on_to_records()
    {
        var crm = await TestCrm.Tenant();
        (await crm.Service("pipeline").Post("/pipelines/default")).Expect(200);
        var deal = (await crm.Service("pipeline").Post("/deals", new { name = "Big", amount = new { amount = "10.50", currency = "EUR" } })).Expect(201).Id;

        var data = await crm.Graph().Data(
            """
            query ($id: ID!) {
              deal(id: $id) { name stays { stage enteredAt days } }
              dealBoard(cards: 5) { currency stages { stage { name pipeline { name } } sums { count } cards { name amount stage { name } } } total { count } }
            }
            """, new { id = deal });

        Assert.Equal(1, data.At("deal.stays").GetArrayLength());
        Assert.Equal(1, data.At("dealBoard.total.count").GetInt32());
        var column = data.At("dealBoard.stages").EnumerateArray().First(s => s.At("cards").GetArrayLength() > 0);
        Assert.Equal("Big", column.At("cards.0.name").GetString());
        Assert.Equal("""{"amount":"10.50","currency":"EUR"}""", column.At("cards.0.amount").GetRawText());
        Assert.Equal(column.At("stage.name").GetString(), column.At("cards.0.stage.name").GetString());
        Assert.NotNull(column.At("stage.pipeline.name").GetString());
    }

    [Fact]
    public async Task Duplicates_are_found_and_who_may_see_a_record_is_told_to_who_may_ask()
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.Given("contacts", new { lastName = "Ada", email = "ada@x.example" });
        await crm.Role("seller", new { record = "*", read = "all" });
        var seller = crm.Graph().WithToken(crm.Home.Token(crm.Id, Guid.CreateVersion7().ToString(), ["crm.read"], ["seller"], []));

        var data = await crm.Graph().Data(
            "query ($id: ID!) { contactDuplicates(email: \"ADA@x.example\") { id } "
            + "contact(id: $id) { access { total items { name may { deed reach roles } } } } }",
            new { id = ada });
        var refused = await seller.Ask("query ($id: ID!) { contact(id: $id) { lastName access { total } } }", new { id = ada });

        Assert.Equal(ada, data.At("contactDuplicates.0.id").GetGuid());
        Assert.Equal(JsonValueKind.Number, data.At("contact.access.total").ValueKind);
        Assert.Equal(["not_allowed"], refused.Codes());
        Assert.Equal("Ada", refused.At("data.contact.lastName").GetString());
        Assert.Equal(JsonValueKind.Null, refused.At("data.contact.access").ValueKind);
    }

    [Fact]
    public async Task A_slice_that_roles_do_not_allow_is_not_there()
    {
        var crm = await TestCrm.Tenant();
        await crm.Sql("contacts", As.Admin).Execute(
            "insert into copy (tenant, record, id, version, fields, versions, deleted) values ($1, 'identity.role', $2, 1, $3::jsonb, '{}', false)",
            crm.Id, Guid.CreateVersion7(),
            """{"name": "plain", "records": [{"record": "*", "read": "all", "update": "all"}], "slices": [], "privileges": []}""");
        var plain = crm.Graph().WithToken(crm.Home.Token(crm.Id, Guid.CreateVersion7().ToString(), ["crm.read", "crm.write"], ["plain"], []));

        var asked = await plain.Ask("{ contactDuplicates(email: \"a@x.example\") { id } }");
        var described = await plain.Data("{ __schema { queryType { fields { name } } mutationType { fields { name } } } }");

        Assert.Equal(["validation"], asked.Codes());
        Assert.DoesNotContain("mergeContacts", described.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("updateContact", described.GetRawText(), StringComparison.Ordinal);
    }
}
