using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Leads.Tests.Scorecards;

/// <summary>What has to be known of a lead before it is qualified; AnswerScorecard says it.</summary>
public sealed class QualifyLeadTests
{
    [Fact]
    public async Task S51_a_lead_is_qualified_once_what_has_to_be_answered_is_and_a_refusal_lists_what_is_missing()
    {
        var crm = await TestCrm.Tenant();
        var card = await Card(crm, pointsToQualify: 15);
        await crm.Given("/leadSettings", new { scorecardId = card });
        var lead = await crm.Lead(new { lastName = "Lovelace" });
        Task<Reply> Qualify() => crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "qualified" });
        async Task<Reply> Answer(object answers) => await crm.Leads().Post($"/leads/{lead.Id}/scorecard", new { scorecardId = card, answers });

        Assert.Equal(["budget", "pain"], (await Qualify()).Expect(422, "not_qualified")["missing"].EnumerateArray().Select(m => m.GetString()!));
        var some = (await Answer(new { budget = "small" })).Expect(200);
        Assert.Equal((2, "pain"), (some["points"].GetInt32(), Assert.Single(some["missing"].EnumerateArray()).GetString()));
        (await Answer(new { budget = "enormous" })).Expect(422, "invalid");
        (await Answer(new { colour = "green" })).Expect(422, "invalid");
        Assert.Equal(7, (await Answer(new { pain = "Sums take for ever" })).Expect(200)["points"].GetInt32());
        var few = (await Qualify()).Expect(422, "not_qualified");
        Assert.Equal((0, 7, 15), (few["missing"].GetArrayLength(), few["points"].GetInt32(), few["pointsToQualify"].GetInt32()));
        Assert.Equal(15, (await Answer(new { budget = "large" })).Expect(200)["points"].GetInt32());

        Assert.Equal("qualified", (await Qualify()).Expect(200).Text("status"));
        Assert.Equal(1, (await crm.Leads().Get("/scorecardAnswers?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task Without_a_scorecard_of_the_tenant_s_nothing_has_to_be_answered_and_a_card_can_be_told_apart()
    {
        var crm = await TestCrm.Tenant();
        await Card(crm, pointsToQualify: 15);
        var lead = await crm.Lead(new { lastName = "Lovelace" });

        (await crm.Leads().Post($"/leads/{lead.Id}/change-status", new { to = "qualified" })).Expect(200);

        (await crm.Leads().Post("/scorecards", new { name = "X", questions = new[] { new { key = "a", text = "A?" }, new { key = "a", text = "B?" } } }))
            .Expect(422, "invalid");
        (await crm.Leads(Guid.CreateVersion7(), "sales").Post("/scorecards", new { name = "X" })).Expect(403, "not_allowed");
    }

    private static Task<Guid> Card(TestCrm crm, int pointsToQualify) => crm.Given("/scorecards", new
    {
        name = "Engines",
        pointsToQualify,
        questions = new object[]
        {
            new { key = "budget", text = "What can you spend?", required = true,
                answers = new[] { new { key = "small", text = "Little", points = 2 }, new { key = "large", text = "A lot", points = 10 } } },
            new { key = "pain", text = "What hurts?", required = true, points = 5 },
            new { key = "rival", text = "Who else is asked?" },
        },
    });
}
