using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Deals;

public sealed class MoveDealTests
{
    // from × to: what a pipeline allows that says nothing of its own.
    [Theory]
    [InlineData("Qualification", "Needs analysis", 200)]
    [InlineData("Qualification", "Negotiation", 200)]
    [InlineData("Negotiation", "Qualification", 200)]
    [InlineData("Qualification", "Qualification", 409)]
    [InlineData("Proposal", "Won", 200)]
    [InlineData("Proposal", "Lost", 200)]
    [InlineData("Won", "Proposal", 409)]
    [InlineData("Lost", "Qualification", 409)]
    [InlineData("Won", "Lost", 409)]
    [InlineData("Lost", "Won", 409)]
    public async Task Where_nothing_else_is_said_deals_move_between_open_stages_and_end_from_there(string from, string to, int status)
    {
        var sales = await Sales.Begin();
        var deal = await At(sales, from);

        var moved = await sales.Move(deal, to, new { winReason = "Price", lossReason = "Price" });

        Assert.Equal(status, moved.Status);
        if (status == 409)
            Assert.Equal(
                ("transition_not_allowed", from), (moved.Code, moved["from"].GetString()));
        Assert.Equal(status == 200 ? to : from, await sales.StageOf(deal));
    }

    // from × to × role, as the pipeline says.
    [Theory]
    [InlineData("Qualification", "Needs analysis", "sales", 200)]
    [InlineData("Qualification", "Needs analysis", "marketing", 200)]
    [InlineData("Qualification", "Proposal", "sales", 409)]
    [InlineData("Qualification", "Proposal", "manager", 409)]
    [InlineData("Needs analysis", "Proposal", "sales", 200)]
    [InlineData("Needs analysis", "Proposal", "marketing", 409)]
    [InlineData("Proposal", "Negotiation", "sales", 409)]
    [InlineData("Proposal", "Negotiation", "manager", 200)]
    [InlineData("Proposal", "Lost", "sales", 200)]
    [InlineData("Lost", "Qualification", "manager", 200)]
    [InlineData("Lost", "Qualification", "sales", 409)]
    public async Task S52_a_pipeline_says_which_moves_there_are_and_whose_they_are(string from, string to, string role, int status)
    {
        var sales = await Sales.Begin();
        var s = sales.Stages;
        object Move(string? one, string other, params string[] roles) => new { from = one is null ? (Guid?)null : s[one], to = s[other], roles };
        var deal = await At(sales, from);
        (await sales.Door.Patch($"/pipelines/{sales.Pipeline}", new
        {
            moves = new[]
            {
                Move("Qualification", "Needs analysis"), Move("Needs analysis", "Proposal", "sales", "manager"), Move("Proposal", "Negotiation", "manager"),
                Move(null, "Lost"), Move("Lost", "Qualification", "manager"),
            },
        })).Expect(200);
        var mover = Guid.CreateVersion7();
        (await sales.Door.Patch($"/deals/{deal}", new { ownerId = mover })).Expect(200);

        var moved = await sales.Door.WithToken(sales.Crm.TokenOf(mover, [role])).Post(
            $"/deals/{deal}/move", new { stageId = s[to], fields = new { lossReason = "Price" } });

        Assert.Equal(status, moved.Status);
        if (status == 409)
            Assert.Equal(from == "Qualification" ? ["Needs analysis", "Lost"] : from == "Proposal" ? ["Lost"] : from == "Lost" ? [] : ["Lost"],
                moved["allowed"].EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public async Task S52_a_move_that_is_not_foreseen_is_on_record_and_made_by_who_may_override_with_a_reason()
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.deal.*");
        var deal = await At(sales, "Won");
        (await sales.Move(deal, "Lost", new { lossReason = "Bankrupt" })).Expect(409, "transition_not_allowed");
        (await sales.Move(deal, "Lost", new { lossReason = "Bankrupt" }, reason: " ")).Expect(422, "invalid");
        var reader = sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["support"]));
        (await reader.Post($"/deals/{deal}/move", new { stageId = sales.Stages["Lost"], @override = "I say so" })).Expect(403, "not_allowed");

        var me = Guid.CreateVersion7();
        (await sales.Door.Patch($"/deals/{deal}", new { ownerId = me })).Expect(200);
        var lose = new { stageId = sales.Stages["Lost"], fields = new { lossReason = "Bankrupt" }, @override = "They went bankrupt before they paid" };
        var seller = sales.Door.WithToken(sales.Crm.TokenOf(me, ["sales"]));
        (await seller.Post($"/deals/{deal}/move", lose)).Expect(403, "not_allowed"); // though all slices are allowed, and the deal is theirs

        (await sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["manager"])).Post($"/deals/{deal}/move", lose)).Expect(200);

        var lost = (await bus.Until(6, deal)).Last(e => e.Type == "pipeline.deal.lost");
        Assert.Equal("They went bankrupt before they paid", lost.Body.GetProperty("override").GetString());
        var audit = (await sales.Door.Get("/audit?record=refusal")).Expect(200);
        Assert.Contains("transition_not_allowed", audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S51_what_a_stage_asks_for_is_answered_all_at_once_and_may_come_with_the_move()
    {
        var sales = await Sales.Begin();
        (await sales.Door.Post("/deals/fields", new { name = "budget", label = "Budget", kind = "number" })).Expect(201);
        (await sales.Door.Patch($"/stages/{sales.Stages["Proposal"]}", new { requiredFields = new[] { "amount", "nextStep", "custom.budget" } })).Expect(200);
        (await sales.Door.Patch($"/stages/{sales.Stages["Qualification"]}", new { checklist = new[] { "Called", "Met" } })).Expect(200);
        var deal = (await sales.Door.Post("/deals", new { name = "Engines", done = new[] { "Called" } })).Expect(201).Id;

        var refused = (await sales.Move(deal, "Proposal")).Expect(422, "missing_fields");
        Assert.Equal(["amount", "custom.budget", "done", "nextStep"], refused["errors"].EnumerateObject().Select(e => e.Name).Order());
        Assert.Equal("Met", Assert.Single(refused["undone"].EnumerateArray()).GetString());
        Assert.Equal(1, (await sales.Door.Get($"/deals/{deal}")).Version);

        var moved = (await sales.Door.Post($"/deals/{deal}/move", new
        {
            stageId = sales.Stages["Proposal"],
            done = new[] { "Met" },
            fields = new { amount = Sales.Eur(5), nextStep = "Call", custom = new { budget = 7 } },
        })).Expect(200);
        Assert.Equal(("Proposal", 50, "bestCase"), (sales.NameOf(moved["stageId"]), moved["probability"].GetInt32(), moved["category"].GetString()));
        Assert.Empty(moved["done"].EnumerateArray());
        (await sales.Door.Post($"/operations/{moved.Operation}/undo")).Expect(200);
        Assert.Equal("Qualification", await sales.StageOf(deal));
    }

    [Fact]
    public async Task S52_what_is_not_done_is_passed_over_by_who_may_override_and_says_why()
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.deal.moved");
        (await sales.Door.Patch($"/stages/{sales.Stages["Qualification"]}", new { checklist = new[] { "Called" } })).Expect(200);
        var deal = await sales.Deal();
        await sales.Crm.Told("pipeline", "identity.role", Guid.CreateVersion7(), 1,
            """{"name":"mover","slices":["moveDeal"],"records":[{"record":"*","create":"all","read":"all","update":"all","fields":[]}]}""");
        var mover = sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["mover"]));
        var move = new { stageId = sales.Stages["Needs analysis"], @override = "They called us" };

        (await mover.Post($"/deals/{deal}/move", move)).Expect(403, "not_allowed");
        (await mover.Post($"/deals/{deal}/move", new { move.stageId })).Expect(422, "missing_fields");
        (await sales.Move(deal, "Needs analysis", reason: " ")).Expect(422, "invalid");
        (await sales.Door.Post($"/deals/{deal}/move", move)).Expect(200);
        (await mover.Post($"/deals/{deal}/move", new { stageId = sales.Stages["Qualification"] })).Expect(200); // back asks for nothing

        Assert.Equal("They called us", (await bus.Until(2, deal))[0].Body.GetProperty("override").GetString());
    }

    [Fact]
    public async Task Who_may_enter_a_stage_counts_with_every_move_and_at_the_beginning()
    {
        var sales = await Sales.Begin();
        (await sales.Door.Patch($"/stages/{sales.Stages["Negotiation"]}", new { roles = new[] { "manager" } })).Expect(200);
        var me = Guid.CreateVersion7();
        var seller = sales.Door.WithToken(sales.Crm.TokenOf(me, ["sales"]));
        var deal = (await seller.Post("/deals", new { name = "Mine", amount = Sales.Eur(1), expectedCloseOn = "2030-01-01" })).Expect(201).Id;

        var refused = (await seller.Post($"/deals/{deal}/move", new { stageId = sales.Stages["Negotiation"] })).Expect(409, "transition_not_allowed");
        Assert.Equal("manager", Assert.Single(refused["roles"].EnumerateArray()).GetString());
        (await seller.Post("/deals", new { name = "Too far", stageId = sales.Stages["Negotiation"], amount = Sales.Eur(1), expectedCloseOn = "2030-01-01" }))
            .Expect(403, "not_allowed");
        (await sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["manager"])).Post(
            $"/deals/{deal}/move", new { stageId = sales.Stages["Negotiation"] })).Expect(200);
    }

    [Fact]
    public async Task No_door_but_a_move_changes_the_stage_of_a_deal()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();

        foreach (var field in (string[])["stageId", "status", "previousStageId", "stageEnteredAt", "probability", "stageName", "closedOn"])
        {
            var value = field switch
            {
                "stageId" or "previousStageId" => (object)sales.Stages["Won"],
                "stageEnteredAt" => "2026-01-01T00:00:00Z",
                "probability" => 90,
                "closedOn" => "2026-01-01",
                "stageName" => "Won",
                _ => "won",
            };
            (await sales.Door.Patch($"/deals/{deal}", new Dictionary<string, object> { [field] = value })).Expect(422, "invalid");
            var patch = new { @do = "patch", id = deal, fields = new Dictionary<string, object> { [field] = value } };
            var batch = (await sales.Door.Post("/deals/batch", new { operations = new[] { patch } })).Expect(200);
            Assert.Equal(422, batch["items"][0].GetProperty("status").GetInt32());
        }
        var job = (await sales.Door.Post("/deals/bulk-edit", new { filter = "", set = new { stageId = sales.Stages["Won"] } })).Expect(202).Id;
        await TestCrm.Eventually(async () => Assert.Equal("done", (await sales.Door.Get($"/deals/jobs/{job}")).Expect(200)["state"].GetString()));
        var bulk = (await sales.Door.Get($"/deals/jobs/{job}")).Expect(200);
        Assert.Equal((0, 1), (bulk["changed"].GetInt32(), bulk["failed"].GetInt32()));
        (await sales.Door.Patch($"/deals/{deal}", new { stageId = sales.Stages["Qualification"], name = "Same" })).Expect(200);
        (await sales.Door.Post("/deals", new { name = "Won at once", stageId = sales.Stages["Won"] })).Expect(422, "invalid");
        Assert.Equal("Qualification", await sales.StageOf(deal));
    }

    [Fact]
    public async Task Of_twenty_who_move_one_deal_at_once_each_step_has_one_winner_and_the_others_are_told_where_it_is()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();
        string[] way = ["Qualification", "Needs analysis", "Proposal", "Negotiation", "Proposal"];

        for (var step = 1; step < way.Length; step++)
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sales.Move(deal, way[step], from: way[step - 1])));
            Assert.Single(all, reply => reply.Status == 200);
            Assert.All(all.Where(reply => reply.Status != 200), reply =>
            {
                var current = reply.Expect(409, "moved_meanwhile")["current"];
                Assert.Equal((sales.Stages[way[step]], way[step]), (current.GetProperty("stageId").GetGuid(), current.GetProperty("stage").GetString()));
            });
        }

        var stays = (await sales.Door.Get($"/deals/{deal}/stays")).Expect(200).Body.EnumerateArray().ToList();
        Assert.Equal(way, stays.Select(s => s.GetProperty("stage").GetString()));
        for (var i = 1; i < stays.Count; i++)
            Assert.Equal(
                (stays[i - 1].GetProperty("leftAt").GetDateTimeOffset(), stays[i - 1].GetProperty("stageId").GetGuid()),
                (stays[i].GetProperty("enteredAt").GetDateTimeOffset(), stays[i].GetProperty("fromStageId").GetGuid()));
        Assert.Equal(JsonValueKind.Null, stays[^1].GetProperty("leftAt").ValueKind);
        var history = (await sales.Door.Get($"/deals/{deal}/history")).Expect(200)["items"].EnumerateArray().Select(e => e.GetProperty("version").GetInt32());
        Assert.Equal(Enumerable.Range(1, way.Length).Reverse(), history);
    }

    [Fact]
    public async Task A_deal_goes_to_another_pipeline_and_says_where_it_came_from()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();
        var other = (await sales.Door.Post("/pipelines", new { name = "Partners" })).Expect(201).Id;
        var stage = (await sales.Door.Post("/stages", new { pipelineId = other, name = "Qualification", probability = 30 })).Expect(201).Id;

        var moved = (await sales.Door.Post($"/deals/{deal}/move", new { stageId = stage })).Expect(200);

        Assert.Equal(
            (other, stage, sales.Stages["Qualification"], 30),
            (moved["pipelineId"].GetGuid(), moved["stageId"].GetGuid(), moved["previousStageId"].GetGuid(), moved["probability"].GetInt32()));
    }

    private static async Task<Guid> At(Sales sales, string stage)
    {
        var deal = await sales.Deal(stage: stage is "Won" or "Lost" ? null : stage);
        if (stage == "Won")
            (await sales.Door.Post($"/deals/{deal}/win", new { reason = "Price" })).Expect(200);
        if (stage == "Lost")
            (await sales.Door.Post($"/deals/{deal}/lose", new { reason = "Price" })).Expect(200);
        return deal;
    }
}
