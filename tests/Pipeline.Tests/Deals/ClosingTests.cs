using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Deals;

public sealed class ClosingTests
{
    [Fact]
    public async Task Winning_needs_a_reason_and_what_the_stage_asks_for_and_is_told() // WinDeal
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.deal.won");
        var deal = (await sales.Door.Post("/deals", new { name = "Engines" })).Expect(201).Id;

        (await sales.Door.Post($"/deals/{deal}/win", new { reason = " " })).Expect(422, "invalid");
        var refused = (await sales.Door.Post($"/deals/{deal}/win", new { reason = "Price" })).Expect(422, "missing_fields");
        Assert.Equal("amount", Assert.Single(refused["missing"].EnumerateArray()).GetString());
        var won = (await sales.Door.Post(
            $"/deals/{deal}/win", new { reason = "Price", note = "They knew us", fields = new { amount = Sales.Eur(900) } })).Expect(200);

        Assert.Equal(
            ("won", 100, "closed", "Price", "They knew us"),
            (won["status"].GetString(), won["probability"].GetInt32(), won["category"].GetString(), won["winReason"].GetString(),
                won["closeNote"].GetString()));
        Assert.Equal(DateOnly.FromDateTime(DateTimeOffset.Parse(won["updatedAt"].GetString()!, null).UtcDateTime).ToString("O"), won["closedOn"].GetString());
        var told = Assert.Single(await bus.Until(1, deal)).Body;
        Assert.Equal(
            ("Price", sales.Stages["Qualification"], sales.Stages["Won"]),
            (told.GetProperty("reason").GetString(), told.GetProperty("from").GetGuid(), told.GetProperty("to").GetGuid()));
    }

    [Fact]
    public async Task Losing_names_the_reason_agreed_on_and_the_competitor_it_went_to() // LoseDeal
    {
        var sales = await Sales.Begin();
        (await sales.Door.Post("/pipelineSettings", new { lossReasons = new[] { "Price", "No budget" } })).Expect(201);
        var competitor = (await sales.Door.Post("/competitors", new { name = "Difference Ltd" })).Expect(201).Id;
        var deal = await sales.Deal();

        (await sales.Door.Post($"/deals/{deal}/lose", new { reason = "Whim" })).Expect(422, "invalid");
        var lost = (await sales.Door.Post($"/deals/{deal}/lose", new { reason = "Price", competitorId = competitor })).Expect(200);

        Assert.Equal(("lost", 0), (lost["status"].GetString(), lost["probability"].GetInt32()));
        var part = Assert.Single((await sales.Door.Get("/dealCompetitors?filter=hasWon = true")).Expect(200)["items"].EnumerateArray());
        Assert.Equal((deal, competitor), (part.GetProperty("dealId").GetGuid(), part.GetProperty("competitorId").GetGuid()));
        (await sales.Door.Post($"/operations/{lost.Operation}/undo")).Expect(200);
        Assert.Equal("Qualification", await sales.StageOf(deal));
        Assert.Equal(0, (await sales.Door.Get("/dealCompetitors?include=total")).Expect(200)["total"].GetInt32());
    }

    [Fact]
    public async Task What_has_ended_is_reopened_with_a_reason_where_it_came_from() // ReopenDeal
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.deal.reopened");
        var deal = await sales.Deal(stage: "Proposal");
        (await sales.Door.Post($"/deals/{deal}/reopen", new { reason = "Why not" })).Expect(409, "open_already");
        (await sales.Door.Post($"/deals/{deal}/lose", new { reason = "No budget" })).Expect(200);

        (await sales.Door.Post($"/deals/{deal}/reopen", new { reason = "" })).Expect(422, "invalid");
        (await sales.Door.Post($"/deals/{deal}/reopen", new { reason = "So", stageId = sales.Stages["Won"] })).Expect(422, "invalid");
        var open = (await sales.Door.Post($"/deals/{deal}/reopen", new { reason = "They found some" })).Expect(200);

        Assert.Equal(
            ("open", "Proposal", JsonValueKind.Null, JsonValueKind.Null),
            (open["status"].GetString(), sales.NameOf(open["stageId"]), open["closedOn"].ValueKind, open["lossReason"].ValueKind));
        Assert.Equal("They found some", Assert.Single(await bus.Until(1, deal)).Body.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_import_brings_deals_along_that_ended_long_ago()
    {
        var sales = await Sales.Begin();
        const string File = "Name,stageName,Amount,winReason,lossReason,closedOn\nOld,Won,100.00 EUR,Price,,2020-05-05\nGone,Lost,5.00 EUR,,,2020-05-05\n";
        var file = (await sales.Door.With("Content-Type", "text/csv").Post("/deals/imports?name=deals.csv", File)).Expect(200);
        var job = file["job"].GetProperty("id").GetGuid();
        (await sales.Door.Post($"/deals/imports/{job}/start", new { })).Expect(202);

        await TestCrm.Eventually(async () => Assert.Equal("done", (await sales.Door.Get($"/deals/jobs/{job}")).Expect(200)["state"].GetString()));
        var done = (await sales.Door.Get($"/deals/jobs/{job}")).Expect(200);
        Assert.Equal((1, 1), (done["changed"].GetInt32(), done["failed"].GetInt32()));
        Assert.Contains("missing_fields", done.Text, StringComparison.Ordinal); // it does not say why it was lost
        var old = Assert.Single((await sales.Door.Get("/deals")).Expect(200)["items"].EnumerateArray());
        Assert.Equal(("won", "2020-05-05"), (old.GetProperty("status").GetString(), old.GetProperty("closedOn").GetString()));
    }
}
