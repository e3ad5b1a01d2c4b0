using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Conversion;

/// <summary>What somebody decides about single fields of a conversion.</summary>
public sealed class FieldAskedTests
{
    [Fact]
    public async Task What_is_decided_of_a_field_holds_for_that_field_of_that_target_alone()
    {
        var crm = await TestCrm.Tenant();
        foreach (var name in (string[])["badge", "size"])
        {
            (await crm.Contacts.Post("/contacts/fields", new { name, label = name, kind = "text" })).Expect(201);
            await crm.Given("/leads/fields", new { name, label = name, kind = "text" });
            await crm.Given("/conversionMappings", new { target = "contact", to = $"custom.{name}", from = $"custom.{name}" });
        }
        object[] At(string city) => [new { city }];
        var company = (await crm.Contacts.Post("/accounts", new { name = "Engines", addresses = At("Rome") })).Expect(201).Id;
        var person = (await crm.Contacts.Post("/contacts", new
        {
            lastName = "Lovelace",
            accountId = company,
            addresses = At("Paris"),
            custom = new { badge = "A0", size = "S" },
        })).Expect(201).Id;
        await TestCrm.Eventually(async () => Assert.Equal(2, await crm.Sql("leads", As.Admin).Value<long>(
            "select count(*) from copy where tenant = $1 and id = any($2)", crm.Id, new[] { person, company })));
        await using var bus = await crm.Listen("leads.lead.converted");
        var lead = new
        {
            lastName = "King",
            source = "fair",
            address = new { city = "London" },
            ownerId = Guid.CreateVersion7(),
            custom = new { badge = "B1", size = "XL" },
        };
        var known = await crm.Working(lead);

        (await crm.Leads().Post($"/leads/{known}/convert", new
        {
            contactId = person,
            deal = new { },
            fields = new object[]
            {
                new { target = "contact", to = "custom.size", use = "replace" },
                new { target = "contact", to = "ownerId", use = "replace" },
                new { target = "account", to = "addresses", use = "replace" },
                new { target = "deal", to = "source", use = "leave" },
            },
        })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal(known, (await crm.Contacts.Get($"/contacts/{person}")).Expect(200)["originalLeadId"].GetGuid()));
        var contact = (await crm.Contacts.Get($"/contacts/{person}")).Expect(200);
        Assert.Equal(("A0", "XL"), (contact["custom"].GetProperty("badge").GetString(), contact["custom"].GetProperty("size").GetString()));
        Assert.Equal(("Paris", "fair"), (Assert.Single(contact["addresses"].EnumerateArray()).GetProperty("city").GetString(), contact.Text("source")));
        Assert.Equal($"{lead.ownerId}", contact.Text("ownerId"));
        var account = (await crm.Contacts.Get($"/accounts/{company}")).Expect(200);
        Assert.Equal(("London", null), (Assert.Single(account["addresses"].EnumerateArray()).GetProperty("city").GetString(), account.Text("ownerId")));
        var deal = Assert.Single(await bus.Until(1, known)).Body.GetProperty("deal");
        Assert.Equal($"{lead.ownerId}", $"{deal.GetProperty("ownerId")}");
        Assert.False(deal.TryGetProperty("source", out _), $"The deal has the source of the lead: {deal.GetRawText()}");

        var converted = (await crm.Leads().Post($"/leads/{await crm.Working(lead)}/convert", new
        {
            fields = new[] { new { target = "contact", to = "custom.badge", use = "leave" } },
        })).Expect(200);
        var entered = $"/contacts/{converted["convertedContactId"]}";
        await TestCrm.Eventually(async () => (await crm.Contacts.Get(entered)).Expect(200));
        Assert.Equal("""{"size":"XL"}""", (await crm.Contacts.Get(entered)).Expect(200)["custom"].GetRawText());
    }
}
