using CrmPlatform.Graph.Tests.Language;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Records;

/// <summary>The graph says what everything in it is.</summary>
public sealed class DescribedTests
{
    [Fact]
    public async Task Types_fields_and_arguments_are_described_and_what_is_out_of_use_says_so()
    {
        var crm = await TestCrm.Tenant();
        var field = (await crm.Contacts.Post("/contacts/fields", new { name = "shoeSize", label = "Shoe size", kind = "number" })).Expect(201);
        (await crm.Contacts.Patch($"/contacts/fields/{field.Id}", new { retired = true })).Expect(200);

        var types = (await crm.Graph().Data(await File.ReadAllTextAsync(Kennel.At("introspection.graphql"), TestContext.Current.CancellationToken)))
            .At("__schema.types").EnumerateArray().Where(t => !t.At("name").GetString()!.StartsWith("__", StringComparison.Ordinal)).ToList();

        var silent = new List<string>();
        foreach (var type in types)
        {
            var name = type.At("name").GetString()!;
            if (type.At("description").GetString() is not { Length: > 0 })
                silent.Add(name);
            if (type.At("fields").ValueKind == System.Text.Json.JsonValueKind.Array)
                silent.AddRange(type.At("fields").EnumerateArray().Where(f => f.At("description").GetString() is not { Length: > 0 })
                    .Select(f => $"{name}.{f.At("name")}"));
        }
        Assert.Empty(silent);
        var shoeSize = types.Single(t => t.At("name").GetString() == "ContactCustom").At("fields").EnumerateArray()
            .Single(f => f.At("name").GetString() == "shoeSize");
        Assert.True(shoeSize.At("isDeprecated").GetBoolean());
    }
}
