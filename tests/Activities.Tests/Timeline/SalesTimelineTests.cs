using System.Text.Json;
using CrmPlatform.Activities.Timeline;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Activities.Tests.Timeline;

/// <summary>
/// What happens to leads and deals is on their timelines, and on those of the person and the company: <see cref="OnLeadCreated"/>,
/// <see cref="OnLeadUpdated"/>, <see cref="OnLeadDeleted"/>, <see cref="OnLeadRestored"/>, <see cref="OnLeadStatusOverridden"/>,
/// <see cref="OnLeadResponseOverdue"/>, <see cref="OnLeadConverted"/>, <see cref="OnDealCreated"/>, <see cref="OnDealUpdated"/>,
/// <see cref="OnDealDeleted"/>, <see cref="OnDealRestored"/>, <see cref="OnDealMoved"/>, <see cref="OnDealWon"/>, <see cref="OnDealLost"/>,
/// <see cref="OnDealReopened"/>, <see cref="OnDealStalled"/>, <see cref="OnDealOverdue"/>.
/// </summary>
public sealed class SalesTimelineTests
{
    [Fact]
    public async Task A_lead_is_followed_from_its_capture_to_the_deal_that_is_won_on_the_timelines_of_all_it_became()
    {
        var crm = await TestCrm.Tenant();
        var (leads, pipeline, seller) = (crm.Service("leads"), crm.Service("pipeline"), Guid.CreateVersion7());
        (await leads.Post("/scoringRules", new { name = "Called", axis = "engagement", @event = "call", points = 70 })).Expect(201);
        var stages = await Stages(pipeline);
        var lead = (await leads.Post("/leads", new { firstName = "Ada", lastName = "Lovelace", company = "Engines" })).Expect(201).Id;
        (await leads.Patch($"/leads/{lead}", new { ownerId = seller, jobTitle = "Countess" })).Expect(200);
        (await leads.Post($"/leads/{lead}/engagements", new { kind = "call", direction = "in" })).Expect(200);
        (await leads.Post($"/leads/{lead}/change-status", new { to = "qualified" })).Expect(200);
        var converted = (await leads.Post($"/leads/{lead}/convert", new { deal = new { name = "First engine" } })).Expect(200);
        var (person, company, deal) = (converted["convertedContactId"].GetGuid(), converted["convertedAccountId"].GetGuid(),
            converted["convertedDealId"].GetGuid());

        await TestCrm.Eventually(async () => Assert.Equal(
            ["converted", "answered", "moved", "graded", "moved", "assigned", "changed", "graded", "captured"],
            (await Timeline(crm, lead)).Select(What)));
        var lines = await Timeline(crm, lead);
        Assert.Equal(("C3", "C1"), (Fact(lines[3], "from"), Fact(lines[3], "to")));
        Assert.Equal(("assigned", "qualified"), (Fact(lines[2], "from"), Fact(lines[2], "to")));
        Assert.Equal(("leads.lead", "Ada Lovelace"), (lines[0].GetProperty("record").GetString(), lines[0].GetProperty("name").GetString()));
        Assert.Equal($"{deal}", Fact(lines[0], "dealId"));

        await TestCrm.Eventually(async () => (await pipeline.Get($"/deals/{deal}")).Expect(200));
        foreach (var stage in (string[])["Needs analysis", "Proposal"])
            (await pipeline.Post($"/deals/{deal}/move", new { stageId = stages[stage], fields = Asked })).Expect(200);
        (await pipeline.Post($"/deals/{deal}/win", new { reason = "Best fit" })).Expect(200);

        string[] sold = ["won", "moved", "moved", "entered"];
        await TestCrm.Eventually(async () =>
        {
            foreach (var place in (Guid[])[deal, person, company])
                Assert.Equal(sold, (await Timeline(crm, place)).Where(l => l.GetProperty("record").GetString() == "pipeline.deal").Select(What)
                    .Where(what => what is not "changed"));
        });
        foreach (var place in (Guid[])[person, company])
            Assert.Contains("captured", (await Timeline(crm, place)).Select(What));
        var moved = (await Timeline(crm, company)).First(l => What(l) == "moved" && l.GetProperty("record").GetString() == "pipeline.deal");
        Assert.Equal(stages["Proposal"], moved.GetProperty("facts").GetProperty("to").GetGuid());
        Assert.Equal("Proposal", moved.GetProperty("names").GetProperty($"{stages["Proposal"]}").GetString());
        Assert.Equal("First engine", moved.GetProperty("name").GetString());
        Assert.Equal("Best fit", Fact((await Timeline(crm, deal)).First(l => What(l) == "won"), "reason"));
    }

    [Fact]
    public async Task What_goes_wrong_is_on_the_timeline_too()
    {
        var crm = await TestCrm.Tenant();
        var (lead, deal, stage) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var at = new { from = stage, to = stage, daysInStage = 3, reason = "Price" };
        (string, object)[] told =
        [
            ("leads.lead.created", new { changes = new { lastName = Change("Lovelace") } }),
            ("leads.lead.statusOverridden", new { from = "new", to = "recycled", reason = "On leave" }),
            ("leads.lead.responseOverdue", new { dueAt = "2026-01-31T12:00:00Z" }),
            ("leads.lead.deleted", new { trashed = true }), ("leads.lead.restored", new { trashed = false }),
        ];
        await Tell(crm, lead, told);
        await Tell(
            crm, deal,
            ("pipeline.deal.created", new { changes = new { name = Change("Engines") } }),
            ("pipeline.deal.updated", new { changes = new { name = Change("X") } }),
            ("pipeline.deal.stalled", new { stage, maxAgeDays = 7 }), ("pipeline.deal.overdue", new { expectedCloseOn = "2026-01-31" }),
            ("pipeline.deal.lost", at), ("pipeline.deal.reopened", at), ("pipeline.deal.deleted", new { trashed = true }),
            ("pipeline.deal.restored", new { trashed = false }));

        await TestCrm.Eventually(async () => Assert.Equal(
            ["captured", "overridden", "responseOverdue", "deleted", "restored"], (await Timeline(crm, lead)).Select(What).Reverse()));
        await TestCrm.Eventually(async () => Assert.Equal(
            ["entered", "changed", "stalled", "overdue", "lost", "reopened", "deleted", "restored"], (await Timeline(crm, deal)).Select(What).Reverse()));
        var lines = await Timeline(crm, lead);
        Assert.Equal("On leave", Fact(lines[3], "reason"));
    }

    [Fact]
    public async Task On_the_timeline_of_a_company_everybody_reads_of_the_deals_they_see()
    {
        var crm = await TestCrm.Tenant();
        var (me, company) = (Guid.CreateVersion7(), (await crm.Contacts.Post("/accounts", new { name = "Engines" })).Expect(201).Id);
        var stages = await Stages(crm.Service("pipeline"));
        foreach (var owner in (Guid[])[me, Guid.CreateVersion7()])
            (await crm.Service("pipeline").Post("/deals", new { name = "Engine", accountId = company, ownerId = owner, stageId = stages["Qualification"] }))
                .Expect(201);

        await TestCrm.Eventually(async () => Assert.Equal(2, (await Timeline(crm, company)).Count));
        var mine = (await crm.Service("activities").WithToken(crm.TokenOf(me, ["sales"])).Get($"/timeline/{company}")).Expect(200).Body;
        Assert.Equal(1, mine.GetArrayLength());
    }

    private static readonly object Asked =
        new { amount = new { amount = "1000.00", currency = "EUR" }, expectedCloseOn = "2030-01-31", nextStep = "Call", description = "Said" };

    private static object Change(string value) => new { old = (string?)null, @new = value };

    private static async Task Tell(TestCrm crm, Guid record, params (string Type, object Body)[] events)
    {
        for (var i = 0; i < events.Length; i++)
            await crm.Tell(events[i].Type, record, i + 1, JsonSerializer.Serialize(events[i].Body));
    }

    private static async Task<Dictionary<string, Guid>> Stages(Door pipeline)
    {
        var id = (await pipeline.Post("/pipelines/default")).Expect(200).Id;
        return (await pipeline.Get($"/stages?filter=pipelineId = \"{id}\"")).Expect(200)["items"].EnumerateArray()
            .ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("id").GetGuid());
    }

    private static async Task<List<JsonElement>> Timeline(TestCrm crm, Guid record) =>
        [.. (await crm.Service("activities").Get($"/timeline/{record}")).Expect(200).Body.EnumerateArray()];

    private static string What(JsonElement line) => line.GetProperty("what").GetString()!;

    private static string? Fact(JsonElement line, string name) => line.GetProperty("facts").GetProperty(name).GetString();
}
