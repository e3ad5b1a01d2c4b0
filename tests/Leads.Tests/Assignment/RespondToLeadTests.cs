using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Assignment;

/// <summary>Until when somebody is to be in touch, what happens when nobody is, and ReadLeadSpeed.</summary>
public sealed class RespondToLeadTests
{
    [Fact]
    public async Task A_new_lead_is_due_by_the_first_target_that_is_for_it()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/responseTargets", new { name = "Rest", position = 9, minutes = 60 });
        await crm.Given("/responseTargets", new { name = "Fair", position = 1, condition = "source = \"fair\"", minutes = 5 });
        (await crm.Leads().Post("/responseTargets", new { name = "X", minutes = 5, holidays = new[] { "Christmas" } })).Expect(422, "invalid");
        (await crm.Leads().Post("/responseTargets", new
        {
            name = "X",
            minutes = 5,
            workingHours = new[] { new { day = "monday", from = "17:00", until = "09:00" } }
        }))
            .Expect(422, "invalid");

        var (fair, other) = (await crm.Lead(new { lastName = "A", source = "fair" }), await crm.Lead(new { lastName = "B" }));

        Assert.Equal(5, (fair["responseDueAt"].GetDateTimeOffset() - fair["createdAt"].GetDateTimeOffset()).TotalMinutes);
        Assert.Equal(60, (other["responseDueAt"].GetDateTimeOffset() - other["createdAt"].GetDateTimeOffset()).TotalMinutes);
    }

    [Fact]
    public async Task Nobody_in_touch_in_time_is_told_once_and_the_lead_goes_to_somebody_else()
    {
        var crm = await TestCrm.Tenant();
        await using var bus = await crm.Listen("leads.lead.responseOverdue");
        var (ada, bob) = (await crm.User(), await crm.User());
        await crm.Given("/assignmentRules", new { name = "Both", users = new[] { new { userId = ada }, new { userId = bob } } });
        await crm.Given("/responseTargets", new { name = "Soon", minutes = 30, escalation = "reassign" });
        var (lead, answered) = (await crm.Lead(new { lastName = "A" }), await crm.Lead(new { lastName = "B" }));
        (await crm.Leads().Post($"/leads/{answered.Id}/engagements", new { kind = "call", direction = "out" })).Expect(200);
        Assert.NotNull((await crm.Read(answered.Id)).Text("firstResponseAt"));

        await using var replica = await crm.Home.Replica(); // two who look, and still once
        await crm.Sql("leads", As.Admin).Execute(
            "update lead set response_due_at = now(), response_watch_at = case when first_response_at is null then now() end where tenant = $1", crm.Id);

        await TestCrm.Eventually(async () => Assert.NotNull((await crm.Read(lead.Id)).Text("responseOverdueAt")));
        Assert.Equal(bob, (await crm.Read(lead.Id))["ownerId"].GetGuid());
        var told = Assert.Single(await bus.Until(1)).Body;
        Assert.Equal((lead.Id, ada, bob), (told.GetProperty("id").GetGuid(), told.GetProperty("ownerId").GetGuid(), told.GetProperty("givenTo").GetGuid()));
        var marker = await crm.Lead(new { lastName = "C" });
        await crm.Sql("leads", As.Admin).Execute("update lead set response_due_at = now(), response_watch_at = now() where id = $1", marker.Id);
        await bus.Until(1, marker.Id);
        Assert.Single(bus.Events, e => e.Record == lead.Id);
        Assert.Null((await crm.Read(answered.Id)).Text("responseOverdueAt"));
    }

    [Fact]
    public async Task Speed_says_how_soon_leads_are_answered_of_those_that_are_seen()
    {
        var crm = await TestCrm.Tenant();
        var ada = Guid.CreateVersion7();
        await crm.Given("/responseTargets", new { name = "Hour", minutes = 60 });
        for (var i = 0; i < 10; i++)
        {
            var lead = await crm.Lead(new { lastName = $"Lead {i}", source = i < 6 ? "fair" : "web", ownerId = i < 5 ? ada : (Guid?)null });
            await crm.Sql("leads", As.Admin).Execute(
                "update lead set first_response_at = case when $2 < 9 then created_at + make_interval(mins => 20 * ($2 + 1)) end where id = $1", lead.Id, i);
        }

        var all = Assert.Single((await crm.Leads().Get("/leads/speed")).Expect(200).Body.EnumerateArray());
        Assert.Equal((10, 9, 9, 3), (Int(all, "leads"), Int(all, "answered"), Int(all, "due"), Int(all, "inTime")));
        Assert.Equal((100, 164), (all.GetProperty("medianMinutes").GetDouble(), Math.Round(all.GetProperty("p90Minutes").GetDouble())));
        Assert.Equal(0.3333m, all.GetProperty("share").GetDecimal());
        var bySource = (await crm.Leads().Get("/leads/speed?by=source")).Expect(200).Body.EnumerateArray().ToList();
        Assert.Equal(["fair", "web"], bySource.Select(s => s.GetProperty("of").GetString()));
        Assert.Equal(1, (await crm.Leads().Get("/leads/speed?by=day&filter=createdAt = today")).Expect(200).Body.GetArrayLength());
        await crm.Told("leads", "identity.role", Guid.CreateVersion7(), 1,
            """{ "name": "caller", "slices": ["*"], "records": [{ "record": "lead", "read": "own" }] }""");
        await TestCrm.Eventually(async () => Assert.Equal(5, Int(Assert.Single(
            (await crm.Leads(ada, "caller").Get("/leads/speed")).Expect(200).Body.EnumerateArray()), "leads")));

        static int Int(System.Text.Json.JsonElement row, string member) => row.GetProperty(member).GetInt32();
    }
}
