using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Leads;

/// <summary>WakeLead: what was put aside comes back by itself.</summary>
public sealed class RecycleLeadTests
{
    [Theory]
    [InlineData(true, "assigned")]
    [InlineData(false, "new")]
    public async Task A_lead_that_was_put_aside_comes_back_when_its_time_has_come(bool isOwned, string status)
    {
        var crm = await TestCrm.Tenant();
        var lead = await crm.Lead(new { company = "Engines", ownerId = isOwned ? Guid.CreateVersion7() : (Guid?)null });
        (await crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "working" })).Expect(200);
        (await crm.Leads().Post($"/leads/{lead.Id}/recycle", new { at = TimeProvider.System.GetUtcNow().AddDays(-1) })).Expect(422, "invalid");

        var aside = (await crm.Leads().Post($"/leads/{lead.Id}/recycle", new { at = TimeProvider.System.GetUtcNow().AddSeconds(5) })).Expect(200);
        Assert.Equal("recycled", aside.Text("status"));

        await TestCrm.Eventually(async () => Assert.Equal(status, (await crm.Read(lead.Id)).Text("status")));
        var back = await crm.Read(lead.Id);
        Assert.Equal((null, null), (back.Text("recycleAt"), back.Text("firstResponseAt")));
    }

    [Fact]
    public async Task With_two_processes_each_lead_comes_back_once()
    {
        var crm = await TestCrm.Tenant();
        await using var replica = await crm.Home.Replica();
        var leads = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => crm.Lead(new { company = $"Company {i}" })));
        foreach (var lead in leads)
        {
            (await crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "working" })).Expect(200);
            (await crm.Leads().Post($"/leads/{lead.Id}/recycle", new { at = TimeProvider.System.GetUtcNow().AddSeconds(5) })).Expect(200);
        }

        await TestCrm.Eventually(async () => Assert.Equal(20, (await crm.Leads().Get("/leads?filter=status = \"new\"&include=total"))
            .Expect(200)["total"].GetInt32()));

        foreach (var lead in leads)
            Assert.Equal(4, (await crm.Read(lead.Id)).Version);
    }
}
