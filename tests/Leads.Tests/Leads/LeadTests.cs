using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Leads;

public sealed class LeadTests
{
    [Fact]
    public async Task A_lead_is_kept_in_one_form_and_told()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("leads.lead.*");

        var lead = await crm.Lead(new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            email = "Ada@X.Example",
            phone = "030 123456",
            address = new { city = " Berlin ", country = "de" },
            company = "Engines Ltd",
            website = "www.engines.example",
            estimatedAmount = new { amount = "1200.50", currency = "EUR" },
            productsOfInterest = new[] { "engine" },
            need = "Faster sums",
            timeline = "thisQuarter",
            utmSource = "fair",
        });

        Assert.Equal(("Ada Lovelace", "Ada@x.example", "+4930123456"), (lead.Text("displayName"), lead.Text("email"), lead.Text("phone")));
        Assert.Equal(("Berlin", "https://www.engines.example", 2),
            (lead["address"].GetProperty("city").GetString(), lead.Text("website"), lead["bant"].GetInt32()));
        Assert.Equal(("new", null), (lead.Text("status"), lead.Text("ownerId")));
        Assert.Equal("leads.lead.created", Assert.Single(await bus.Until(1, lead.Id)).Type);
        var found = (await crm.Leads().Get("/leads?filter=status = \"new\" and estimatedAmount > 1000 EUR&q=lovelace&include=total")).Expect(200);
        Assert.Equal(1, found["total"].GetInt32());
    }

    [Fact]
    public async Task A_lead_is_somebody_and_its_status_is_not_edited()
    {
        var crm = await TestCrm.Tenant();

        (await crm.Leads().Post("/leads", new { source = "fair" })).Expect(422, "invalid");
        (await crm.Leads().Post("/leads", new { company = "Engines", status = "qualified" })).Expect(422, "invalid");
        var lead = await crm.Lead(new { company = "Engines" });
        (await crm.Leads().Patch($"/leads/{lead.Id}", new { status = "working" })).Expect(422, "invalid");
        (await crm.Leads().Patch($"/leads/{lead.Id}", new { company = (string?)null })).Expect(422, "invalid");
    }

    [Fact]
    public async Task Giving_a_lead_to_somebody_assigns_it_and_undoing_that_takes_it_back()
    {
        var crm = await TestCrm.Tenant();
        var lead = await crm.Lead(new { company = "Engines" });

        var given = (await crm.Leads().Patch($"/leads/{lead.Id}", new { ownerId = Guid.CreateVersion7() })).Expect(200);
        Assert.Equal("assigned", given.Text("status"));
        Assert.NotNull(given.Text("assignedAt"));

        (await crm.Leads().Post($"/operations/{given.Operation}/undo")).Expect(200);
        var back = await crm.Read(lead.Id);
        Assert.Equal(("new", null, null), (back.Text("status"), back.Text("assignedAt"), back.Text("ownerId")));
    }
}
