using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Conversion;

public sealed class ReadConversionTests
{
    [Fact]
    public async Task Whoever_is_asked_for_a_decision_is_told_what_becomes_of_which_field()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/conversionMappings", new { target = "contact", to = "department", from = "industry" });
        await crm.Given("/conversionMappings", new { target = "deal", to = "source", from = (string?)null });
        var lead = await crm.Working(new { lastName = "Lovelace", address = new { city = "London" }, industry = "Machines" });

        var told = (await crm.Leads().Get($"/leads/{lead}/conversion")).Expect(200)["fields"].EnumerateArray()
            .Select(f => $"{f.GetProperty("target")} {f.GetProperty("to")} {f.GetProperty("from")} {f.GetProperty("fills")}").ToList();

        string[] some = ["contact jobTitle jobTitle True", "contact ownerId ownerId False", "contact department industry True", "account name company True"];
        Assert.Superset(some.ToHashSet(), told.ToHashSet());
        Assert.DoesNotContain(told, field => field.StartsWith("deal source", StringComparison.Ordinal));
        (await crm.Leads().Get($"/leads/{Guid.CreateVersion7()}/conversion")).Expect(404);
        var wrong = (await crm.Leads().Post(
            $"/leads/{lead}/convert", new { fields = new[] { new { target = "contact", to = "shoeSize", use = "leave" } } })).Expect(422, "invalid");
        Assert.Equal("fields[0].to", Assert.Single(wrong["errors"].EnumerateObject()).Name);
        var converted = (await crm.Leads().Post(
            $"/leads/{lead}/convert", new { fields = new[] { new { target = "contact", to = "addresses", use = "leave" } } })).Expect(200);
        var contact = $"/contacts/{converted["convertedContactId"]}";
        await TestCrm.Eventually(async () => Assert.Equal("Machines", (await crm.Contacts.Get(contact)).Expect(200).Text("department")));
        Assert.Equal(0, (await crm.Contacts.Get(contact)).Expect(200)["addresses"].GetArrayLength());
    }
}
