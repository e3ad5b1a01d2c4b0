using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Leads;

/// <summary>From which state a lead goes to which, and who takes it there: DisqualifyLead and ReadLeadSteps among it.</summary>
public sealed class ChangeLeadStatusTests
{
    [Theory]
    [InlineData("new", "assigned working nurturing qualified disqualified")]
    [InlineData("assigned", "new working nurturing qualified recycled disqualified")]
    [InlineData("working", "nurturing qualified converted recycled disqualified")]
    [InlineData("nurturing", "working qualified converted recycled disqualified")]
    [InlineData("qualified", "working nurturing converted recycled disqualified")]
    [InlineData("recycled", "new assigned working disqualified")]
    [InlineData("disqualified", "")]
    public async Task S52_the_usual_steps_are_these_and_no_others(string from, string allowed)
    {
        var crm = await TestCrm.Tenant();
        var ada = await crm.User();
        foreach (var to in (string[])["new", "assigned", "working", "nurturing", "qualified", "recycled", "disqualified"])
        {
            var lead = await crm.Lead(new { company = "Engines", ownerId = from == "new" ? (Guid?)null : ada });
            await crm.Sql("leads", As.Admin).Execute("update lead set status = $2 where tenant = $1 and id = $3", crm.Id, from, lead.Id);

            var taken = await crm.Leads(Guid.CreateVersion7(), "marketing").Post($"/leads/{lead.Id}/change-status", new
            {
                to,
                reason = to == "disqualified" ? "no budget" : null,
                recycleAt = to == "recycled" ? (DateTimeOffset?)TimeProvider.System.GetUtcNow().AddDays(3) : null,
            });

            if (from == "new" && to == "assigned")
                taken.Expect(422, "invalid"); // to whom?
            else if (allowed.Split(' ').Contains(to))
                Assert.Equal(to, taken.Expect(200).Text("status"));
            else
            {
                taken.Expect(409, "transition_not_allowed");
                Assert.Equal(allowed, string.Join(' ', taken["allowed"].EnumerateArray().Select(s => s.GetString())));
            }
        }
    }

    [Fact]
    public async Task S52_a_tenant_has_its_own_steps_for_roles_of_its_own()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/leadTransitions", new { from = "new", to = "qualified", roles = new[] { "marketing" } });
        await crm.Given("/leadTransitions", new { to = "disqualified" });
        var (marketing, sales) = (crm.Leads(Guid.CreateVersion7(), "marketing"), crm.Leads(Guid.CreateVersion7(), "support"));
        (await crm.Leads(Guid.CreateVersion7(), "sales").Post("/leadTransitions", new { from = "new", to = "working" })).Expect(403, "not_allowed");
        var lead = await crm.Lead(new { company = "Engines" });

        (await marketing.Post($"/leads/{lead.Id}/change-status", new { to = "working" })).Expect(409, "transition_not_allowed");
        Assert.Equal(["qualified", "disqualified"], (await marketing.Get($"/leads/{lead.Id}/steps"))
            .Expect(200)["allowed"].EnumerateArray().Select(s => s.GetString()!));
        (await sales.Post($"/leads/{lead.Id}/change-status", new { to = "qualified" })).Expect(403, "not_allowed"); // the slice is not theirs
        var refused = (await crm.Leads(Guid.CreateVersion7(), "integration").Post($"/leads/{lead.Id}/change-status", new { to = "qualified" })).Expect(409);
        Assert.Equal("marketing", Assert.Single(refused["roles"].EnumerateArray()).GetString());
        Assert.Equal("qualified", (await marketing.Post($"/leads/{lead.Id}/change-status", new { to = "qualified" })).Expect(200).Text("status"));
    }

    [Fact]
    public async Task S52_a_step_that_is_not_foreseen_wants_a_permission_and_a_reason_and_both_it_and_a_refusal_are_on_record()
    {
        var crm = await TestCrm.Tenant();
        await crm.Told("leads", "identity.role", Guid.CreateVersion7(), 1,
            """{ "name": "caller", "records": [{ "record": "*", "read": "all", "update": "all" }], "slices": ["changeLeadStatus"] }""");
        var lead = await crm.Lead(new { company = "Engines" });
        var path = $"/leads/{lead.Id}/change-status";
        await TestCrm.Eventually(async () => (await crm.Leads(Guid.CreateVersion7(), "caller").Post(path, new { to = "recycled" }))
            .Expect(409, "transition_not_allowed"));

        (await crm.Leads(Guid.CreateVersion7(), "caller").Post(path, new { to = "recycled", @override = "I want to" })).Expect(403, "not_allowed");
        (await crm.Leads(Guid.CreateVersion7(), "marketing").Post(path, new { to = "recycled", @override = "I may all" })).Expect(403, "not_allowed");
        (await crm.Leads().Post(path, new { to = "recycled", @override = " " })).Expect(422, "invalid");
        (await crm.Leads().Post(path, new
        {
            to = "recycled",
            @override = "They are on leave",
            recycleAt = TimeProvider.System.GetUtcNow().AddDays(9)
        })).Expect(200);

        var history = (await crm.Leads().Get($"/leads/{lead.Id}/history")).Expect(200)["items"].EnumerateArray().ToList();
        var overridden = history.Single(e => e.GetProperty("type").GetString() == "lead.statusOverridden").GetProperty("data");
        Assert.Equal(("new", "recycled", "They are on leave"), (
            overridden.GetProperty("from").GetString(), overridden.GetProperty("to").GetString(), overridden.GetProperty("reason").GetString()));
        var refusals = (await crm.Leads().Get("/audit?type=refusal.noted")).Expect(200)["items"].EnumerateArray().ToList();
        Assert.Contains(refusals, r => r.GetProperty("data").GetProperty("record").GetGuid() == lead.Id
            && r.GetProperty("data").GetProperty("code").GetString() == "transition_not_allowed");
    }

    [Fact]
    public async Task Nothing_comes_of_a_lead_for_a_reason_and_a_first_step_is_the_first_response()
    {
        var crm = await TestCrm.Tenant();
        var lead = await crm.Lead(new { company = "Engines", ownerId = Guid.CreateVersion7() });
        (await crm.Leads().Post($"/leads/{lead.Id}/disqualify", new { })).Expect(422, "invalid");
        Assert.Null((await crm.Read(lead.Id)).Text("firstResponseAt"));

        Assert.NotNull((await crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "working" })).Expect(200).Text("firstResponseAt"));
        var over = (await crm.Leads().Post($"/leads/{lead.Id}/disqualify", new { reason = "no budget" })).Expect(200);

        Assert.Equal(("disqualified", "no budget"), (over.Text("status"), over.Text("rejectionReason")));
    }

    [Fact]
    public async Task Twenty_who_take_a_lead_further_at_once_take_it_one_after_the_other()
    {
        var crm = await TestCrm.Tenant();
        var lead = await crm.Lead(new { company = "Engines" });

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "working" })));

        Assert.Single(taken, t => t.Status == 200);
        Assert.All(taken.Where(t => t.Status != 200), t => Assert.Equal("working", t.Expect(409, "transition_not_allowed")["from"].GetString()));
        var versions = (await crm.Leads().Get($"/leads/{lead.Id}/history"))
            .Expect(200)["items"].EnumerateArray().Select(e => e.GetProperty("version").GetInt32());
        Assert.Equal([2, 1], versions);
    }
}
