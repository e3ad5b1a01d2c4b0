using System.Text.Json;
using CrmPlatform.Graph.Tests.Plan;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>What is added or taken away is so with the next question, not some time later.</summary>
public sealed class FreshSchemaTests
{
    [Fact]
    public async Task A_field_that_is_added_can_be_asked_for_at_once_and_is_described()
    {
        var crm = await TestCrm.Tenant();
        var id = await crm.Given("contacts", new { lastName = "Ada" });
        await crm.Graph().Data("{ contacts { totalCount } }");

        (await crm.Contacts.Post("/contacts/fields", new { name = "shoeSize", label = "Shoe size", kind = "number" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/{id}", new { custom = new { shoeSize = 37.5 } })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal(
            "37.5", (await crm.Graph().Data("{ contacts { nodes { custom { shoeSize } } } }")).At("contacts.nodes.0.custom.shoeSize").GetRawText()));
        Assert.Contains("shoeSize", (await Described(crm.Graph(), "ContactCustom")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_roles_hide_from_now_on_is_unknown_with_the_next_question()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("contacts", new { lastName = "Ada", jobTitle = "Countess" });
        await crm.Role("reader", new { record = "*", read = "all" });
        var reader = crm.Graph().WithToken(crm.Home.Token(crm.Id, Guid.CreateVersion7().ToString(), ["crm.read"], ["reader"], []));
        const string asked = "{ contacts { nodes { lastName jobTitle } } }";
        Assert.Equal("Countess", (await reader.Data(asked)).At("contacts.nodes.0.jobTitle").GetString());

        await crm.Sql("contacts", As.Admin).Execute(
            "update copy set version = 2, fields = $2::jsonb where tenant = $1 and record = 'identity.role'", crm.Id, JsonSerializer.Serialize(new
            {
                name = "reader",
                records = new[] { new { record = "*", read = "all", fields = new[] { new { field = "jobTitle", right = "hidden" } } } },
                slices = Array.Empty<string>(),
                privileges = Array.Empty<string>(),
            }));

        await TestCrm.Eventually(async () => Assert.Equal(["validation"], (await reader.Ask(asked)).Codes())); // as long as the service keeps a role in memory
        Assert.DoesNotContain("jobTitle", (await Described(reader, "Contact")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_asked_for_their_models_once_while_nothing_changes()
    {
        var crm = await TestCrm.Tenant();
        await using var counting = await Counting.Of(crm);
        await crm.Given("contacts", new { lastName = "Ada" });
        await counting.Graph.Data("{ contacts { totalCount } }");
        var before = counting.Models;

        for (var i = 0; i < 20; i++)
            await counting.Graph.Data("{ contacts { totalCount } }");
        Assert.Equal(before, counting.Models);

        (await crm.Contacts.Post("/contacts/fields", new { name = "shoeSize", label = "Shoe size", kind = "number" })).Expect(201);
        await counting.Graph.Data("{ contacts { totalCount } }");
        Assert.Equal(before + 2, counting.Models); // one of each service
    }

    private static Task<JsonElement> Described(Door graph, string type) => graph.Data($"{{ __type(name: \"{type}\") {{ fields {{ name }} }} }}");
}
