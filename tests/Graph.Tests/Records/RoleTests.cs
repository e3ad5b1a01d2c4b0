using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>Roles are made through the graph, begun with ready-made ones, and looked at from inside.</summary>
public sealed class RoleTests
{
    private const string Model =
        """
        query ($role: String) {
          model(role: $role) { version privileges records { record deeds { read update } fields { name } graph { update } } }
        }
        """;

    [Fact]
    public async Task A_role_keeps_each_field_s_right_and_each_day_of_its_hours()
    {
        var crm = await TestCrm.Tenant();
        var role = new
        {
            name = "fieldSales",
            title = "Sales in the field",
            records = new[] { new { record = "contact", read = "all", fields = new[] { new { field = "email", right = "masked" } } } },
            hours = new[] { new { days = new[] { "monday", "friday" }, from = "08:00", to = "18:00", zone = "Europe/Berlin" } },
        };

        const string make =
            """
            mutation ($input: RoleInput!) {
              createRole(input: $input) { role { id records { record read fields } hours { days zone } } errors { field message } }
            }
            """;
        var made = (await crm.Graph().Data(make, new { input = role })).At("createRole");

        Assert.Equal("[]", made.At("errors").GetRawText());
        Assert.Equal("""[{"field":"email","right":"masked"}]""", made.At("role.records.0.fields").GetRawText());
        Assert.Equal("""["monday","friday"]""", made.At("role.hours.0.days").GetRawText());
    }

    [Fact]
    public async Task Ready_made_roles_say_all_that_they_allow()
    {
        var crm = await TestCrm.Tenant();

        var ready = (await crm.Graph().Data(
            "{ roleReadyMade { items { name slices privileges records { record read update fields { field right } } } } }")).At("roleReadyMade.items");

        var clerk = ready.EnumerateArray().Single(role => role.At("name").GetString() == "readOnly");
        Assert.Equal("none", clerk.At("records.0.update").GetString());
    }

    [Fact]
    public async Task What_there_is_for_a_role_is_seen_by_those_who_decide_on_roles()
    {
        var crm = await TestCrm.Tenant();
        var owner = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["administrator"]));
        var clerk = crm.Graph().WithToken(crm.TokenOf(Guid.CreateVersion7(), ["readOnly"]));

        var mine = (await owner.Data(Model)).At("model");
        var theirs = (await owner.Data(Model, new { role = "readOnly" })).At("model");

        static JsonElement Contact(JsonElement model) => model.At("records").EnumerateArray().Single(r => r.At("record").GetString() == "contact");
        Assert.Equal("all", Contact(mine).At("deeds.update").GetString());
        Assert.Equal("none", Contact(theirs).At("deeds.update").GetString());
        Assert.Equal(JsonValueKind.Null, Contact(theirs).At("graph.update").ValueKind);
        Assert.NotEqual(mine.At("version").GetString(), theirs.At("version").GetString());
        Assert.Equal(
            theirs.At("version").GetString(), (await clerk.Data("{ model { version } }")).At("model.version").GetString());
        Assert.Equal(["validation"], (await clerk.Ask(Model, new { role = "administrator" })).Codes());
    }
}
