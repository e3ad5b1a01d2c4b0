using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Clients;

/// <summary>Programs of strangers understand the graph: clients with their caches, a compiler, a generator of types.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData("apollo")]
    [InlineData("urql")]
    [InlineData("relay")]
    [InlineData("codegen")]
    public async Task A_program_of_strangers_works_with_the_graph(string program)
    {
        var crm = await TestCrm.Tenant();
        var account = await crm.Given("accounts", new { name = "Company" });
        foreach (var name in (string[])["A", "B", "C", "D", "E"])
            await crm.Given("contacts", new { firstName = "Ada", lastName = name, accountId = account });

        var told = await Strangers.Clients.Run($"{program}.mjs", $"{crm.Graph().Address}api/v1/graphql", crm.Token("crm.read", "crm.write"));

        Assert.Contains($"{program} ok", told, StringComparison.Ordinal);
    }
}
