using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Scoring;

/// <summary>A lead is scored by the tenant's rules; RecordEngagement, ReadLeadScore and PreviewScoringRule among it.</summary>
public sealed class ScoreLeadTests
{
    [Fact]
    public async Task A_lead_is_graded_by_how_it_fits_and_by_what_happens_and_says_why()
    {
        var crm = await TestCrm.Tenant();
        await Rules(crm);
        var group = await crm.Given("/scoringGroups", new { name = "Mail", cap = 25 });
        await crm.Given("/scoringRules", new { name = "Opened", axis = "engagement", @event = "emailOpened", points = 20, repeatable = true, groupId = group });

        var lead = await crm.Lead(new { lastName = "Lovelace", email = "ada@engines.example", employees = 900, industry = "Machines" });
        Assert.Equal((60, 0, "A3"), (lead["fitScore"].GetInt32(), lead["engagementScore"].GetInt32(), lead.Text("grade")));

        var once = await Happens(crm, lead.Id, "emailOpened");
        var twice = await Happens(crm, lead.Id, "emailOpened");
        var asked = await Happens(crm, lead.Id, "demoAsked");

        Assert.Equal((20, 25, 75), (once["engagementScore"].GetInt32(), twice["engagementScore"].GetInt32(), asked["engagementScore"].GetInt32()));
        Assert.Equal("A1", asked.Text("grade"));
        var why = (await crm.Leads().Get($"/leads/{lead.Id}/score")).Expect(200);
        Assert.Equal(("A1", 60, 75), (why.Text("grade"), why["fit"].GetProperty("points").GetInt32(), why["engagement"].GetProperty("points").GetInt32()));
        Assert.Equal(["Large", "Machines"], why["fit"].GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("name").GetString()));
        Assert.All(why["fit"].GetProperty("reasons").EnumerateArray(),
            r => Assert.Equal(lead["createdAt"].GetDateTimeOffset(), r.GetProperty("since").GetDateTimeOffset()));
        Assert.Equal(["Demo", "Opened", "Opened"], why["engagement"].GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("name").GetString()));
        Assert.Equal(15, why["engagement"].GetProperty("capped").GetDecimal());

        var edited = (await crm.Leads().Patch($"/leads/{lead.Id}", new { employees = 3 })).Expect(200);
        Assert.Equal((20, "C1"), (edited["fitScore"].GetInt32(), edited.Text("grade")));
    }

    [Fact]
    public async Task What_fades_is_scored_anew_when_it_grades_otherwise()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/scoringRules", new { name = "Demo", axis = "engagement", @event = "demoAsked", points = 80, decay = "half", decayDays = 30 });
        await TestCrm.Eventually(async () => Assert.All((await crm.Leads().Get("/leads/jobs")).Expect(200)["items"].EnumerateArray(),
            job => Assert.Equal("done", job.GetProperty("state").GetString()))); // of the rule that was entered
        var lead = await crm.Lead(new { lastName = "Lovelace" });
        var asked = (await crm.Leads().Post($"/leads/{lead.Id}/engagements",
            new { kind = "demoAsked", at = TimeProvider.System.GetUtcNow().AddDays(-10) })).Expect(200);
        Assert.Equal((63, "C1"), (asked["engagementScore"].GetInt32(), asked.Text("grade")));
        var look = asked["rescoreAt"].GetDateTimeOffset(); // below 60, or five points less: about twelve and a half days old
        Assert.InRange(look, TimeProvider.System.GetUtcNow().AddDays(2), TimeProvider.System.GetUtcNow().AddDays(3.5));

        // As if it had happened twenty days earlier, and the time to look had come.
        await crm.Sql("leads", As.Admin).Execute("update engagement set at = at - interval '20 days' where tenant = $1", crm.Id);
        await crm.Sql("leads", As.Admin).Execute("update lead set rescore_at = now() where tenant = $1 and id = $2", crm.Id, lead.Id);

        await TestCrm.Eventually(async () => Assert.Equal((40, "C2"),
            ((await crm.Read(lead.Id))["engagementScore"].GetInt32(), (await crm.Read(lead.Id)).Text("grade"))));
        var history = (await crm.Leads().Get($"/leads/{lead.Id}/history")).Expect(200)["items"][0];
        Assert.Equal("deadline", history.GetProperty("actor").GetProperty("door").GetString());
    }

    [Fact]
    public async Task When_the_rules_change_leads_are_scored_anew_and_a_preview_says_before_what_that_will_do()
    {
        var crm = await TestCrm.Tenant();
        await Rules(crm);
        var large = await crm.Lead(new { lastName = "Lovelace", employees = 900 });
        var small = await crm.Lead(new { lastName = "Byron", employees = 9 });
        Assert.Equal(("B3", "C3"), (large.Text("grade"), small.Text("grade")));
        var rule = new { name = "Small is beautiful", axis = "fit", condition = "employees < 10", points = 70 };

        var preview = (await crm.Leads().Post("/scoringRules/preview", new { rule })).Expect(200);

        Assert.Equal((2, 1, 1), (preview["looked"].GetInt32(), preview["matches"].GetInt32(), preview["changed"].GetInt32()));
        Assert.Equal("""{"B3":1,"C3":1}""", preview["before"].GetRawText());
        Assert.Equal("""{"A3":1,"B3":1}""", preview["after"].GetRawText());
        Assert.Equal(0, (await crm.Leads().Get("/scoringRules?filter=points = 70&include=total")).Expect(200)["total"].GetInt32());
        (await crm.Leads().Post("/scoringRules/preview", new { rule = new { name = "X", axis = "fit", condition = "employes < 10", points = 70 } }))
            .Expect(422, "invalid");

        await crm.Given("/scoringRules", rule);
        await TestCrm.Eventually(async () => Assert.Equal("A3", (await crm.Read(small.Id)).Text("grade")));
        await crm.Given("/leadSettings", new { fitA = 90, fitB = 80 });
        await TestCrm.Eventually(async () => Assert.Equal("C3", (await crm.Read(small.Id)).Text("grade")));
    }

    [Fact]
    public async Task A_condition_asks_lists_amounts_and_own_fields_of_the_lead_and_nothing_of_others()
    {
        var crm = await TestCrm.Tenant();
        await crm.Given("/leads/fields", new { name = "size", label = "Size", kind = "number" });
        foreach (var condition in (string[])[
            "emails ~ \"*@engines.example\"", "any(emails, optOut = false)", "estimatedAmount >= 1000 EUR", "custom.size > 10", "tags has \"fair\"",
            "status = \"new\"", "productsOfInterest has \"engine\"", "address.country = \"DE\"", "createdAt = today"])
            await crm.Given("/scoringRules", new { name = condition, axis = "fit", condition, points = 10 });
        (await crm.Leads().Post("/scoringRules", new { name = "X", axis = "fit", condition = "form.name = \"X\"", points = 1 })).Expect(422, "invalid");
        (await crm.Leads().Post("/scoringRules", new { name = "X", axis = "fit", @event = "call", points = 1 })).Expect(422, "invalid");
        (await crm.Leads().Post("/scoringRules", new { name = "X", axis = "engagement", points = 1 })).Expect(422, "invalid");

        var lead = await crm.Lead(new
        {
            lastName = "Lovelace",
            email = "ada@engines.example",
            estimatedAmount = new { amount = "1000", currency = "EUR" },
            custom = new { size = 11 },
            tags = new[] { "fair" },
            productsOfInterest = new[] { "engine" },
            address = new { country = "DE" },
        });

        Assert.Equal(90, lead["fitScore"].GetInt32());
    }

    [Fact]
    public async Task What_happened_is_taken_back_with_its_points_and_only_administrators_say_what_gives_any()
    {
        var crm = await TestCrm.Tenant();
        await Rules(crm);
        var lead = await crm.Lead(new { lastName = "Lovelace" });
        var asked = (await crm.Leads().Post($"/leads/{lead.Id}/engagements", new { kind = "demoAsked" })).Expect(200);
        Assert.Equal(50, asked["engagementScore"].GetInt32());

        (await crm.Leads().Post($"/operations/{asked.Operation}/undo")).Expect(200);

        Assert.Equal(0, (await crm.Read(lead.Id))["engagementScore"].GetInt32());
        (await crm.Leads(Guid.CreateVersion7(), "manager").Post("/scoringRules", new { name = "X", axis = "fit", points = 1 })).Expect(403, "not_allowed");
        (await crm.Leads().Post($"/leads/{lead.Id}/engagements", new { kind = "call", at = TimeProvider.System.GetUtcNow().AddDays(1) }))
            .Expect(422, "invalid");
    }

    private static async Task Rules(TestCrm crm)
    {
        await crm.Given("/scoringRules", new { name = "Large", axis = "fit", condition = "employees > 500", points = 40 });
        await crm.Given("/scoringRules", new { name = "Machines", axis = "fit", condition = "industry = \"Machines\"", points = 20 });
        await crm.Given("/scoringRules", new { name = "Demo", axis = "engagement", @event = "demoAsked", points = 50 });
    }

    private static async Task<Reply> Happens(TestCrm crm, Guid lead, string kind) =>
        (await crm.Leads().Post($"/leads/{lead}/engagements", new { kind })).Expect(200);
}
