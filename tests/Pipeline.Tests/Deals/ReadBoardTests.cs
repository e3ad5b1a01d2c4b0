using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Deals;

public sealed class ReadBoardTests
{
    [Fact]
    public async Task S43_a_board_counts_and_sums_over_all_deals_of_the_filter_and_not_over_its_cards()
    {
        var sales = await Sales.Begin();
        var operations = Enumerable.Range(0, 120).Select(n => new
        {
            @do = "create",
            fields = new { name = n % 2 == 0 ? $"Even {n}" : $"Odd {n}", stageId = sales.Stages["Needs analysis"], amount = Sales.Eur(100 + n) },
        });
        (await sales.Door.Post("/deals/batch", new { atomic = true, operations })).Expect(200);
        await sales.Deal(stage: "Proposal", amount: Sales.Eur(1000));

        var board = (await sales.Door.Get("/deals/board?cards=3")).Expect(200);

        var column = Column(sales, board, "Needs analysis");
        Assert.Equal((120, 19140m, 4785m), Sums(column));
        Assert.Equal((1, 1000m, 500m), Sums(Column(sales, board, "Proposal")));
        Assert.Equal((0, 0m, 0m), Sums(Column(sales, board, "Won")));
        Assert.Equal(121, board["total"].GetProperty("count").GetInt32());
        var cards = column.GetProperty("cards").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToList();
        var next = (await sales.Door.Get(
            $"/deals?limit=200&filter=stageId = \"{sales.Stages["Needs analysis"]}\"&cursor={column.GetProperty("nextCursor").GetString()}")).Expect(200);
        var others = next["items"].EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToList();
        Assert.Equal((3, 117, 120), (cards.Count, others.Count, cards.Union(others).Count()));

        var even = (await sales.Door.Get("/deals/board?filter=name ~ \"Even*\" and amount > 150")).Expect(200);
        Assert.Equal(34, Column(sales, even, "Needs analysis").GetProperty("sums").GetProperty("count").GetInt32());
        Assert.Equal(1, (await sales.Door.Get("/deals/board?q=odd 77")).Expect(200)["total"].GetProperty("count").GetInt32());
        (await sales.Door.Get("/deals/board?filter=nothing = 1")).Expect(422, "invalid");
    }

    [Fact]
    public async Task S43_currencies_are_never_mixed_silently()
    {
        var sales = await Sales.Begin();
        (await sales.Door.Post("/currencyRates", new { currency = "USD", validFrom = "2020-01-01", rate = 0.5 })).Expect(201);
        foreach (var (amount, currency) in ((decimal, string)[])[(100, "EUR"), (200, "USD"), (300, "USD"), (50, "CHF")])
            await sales.Deal(amount: Sales.Money(amount, currency));
        (await sales.Door.Post("/deals", new { name = "No amount" })).Expect(201);

        var board = (await sales.Door.Get("/deals/board")).Expect(200);

        var sums = Column(sales, board, "Qualification").GetProperty("sums");
        Assert.Equal(
            ["CHF 50 1 1", "EUR 100 1 0", "USD 500 2 0"],
            sums.GetProperty("amounts").EnumerateArray().Select(a =>
                $"{a.GetProperty("currency")} {a.GetProperty("amount").GetDecimal():0.##} {a.GetProperty("count")} {a.GetProperty("withoutRate")}"));
        Assert.Equal((5, 350m, 35m), Sums(Column(sales, board, "Qualification")));
        Assert.Equal(1, sums.GetProperty("withoutRate").GetInt32());
        Assert.Equal("EUR", board["currency"].GetString());
        Assert.Equal(("USD", 0.5m, "2020-01-01"), board["rates"].EnumerateArray().Select(r =>
            (r.GetProperty("currency").GetString(), r.GetProperty("rate").GetDecimal(), r.GetProperty("validFrom").GetString())).Single());
    }

    [Fact]
    public async Task A_board_shows_to_each_what_they_see()
    {
        var sales = await Sales.Begin();
        var (me, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var deals = new[] { await sales.Deal(), await sales.Deal(), await sales.Deal() };
        (await sales.Door.Patch($"/deals/{deals[0]}", new { ownerId = me })).Expect(200);
        (await sales.Door.Patch($"/deals/{deals[1]}", new { teamId = team })).Expect(200);
        await sales.Crm.Told("pipeline", "identity.role", Guid.CreateVersion7(), 1,
            """
            {"name":"blind","slices":["*"],"records":[{"record":"*","create":"none","read":"all","fields":[]},
             {"record":"deal","read":"all","fields":[{"field":"amount","right":"hidden"}]}]}
            """);

        var mine = (await sales.Door.WithToken(sales.Crm.TokenOf(me, ["sales"], team)).Get("/deals/board")).Expect(200);
        Assert.Equal((2, 2000m, 200m), Sums(Column(sales, mine, "Qualification")));
        Assert.Equal(2, Column(sales, mine, "Qualification").GetProperty("cards").GetArrayLength());

        var blind = (await sales.Door.WithToken(sales.Crm.TokenOf(me, ["blind"])).Get("/deals/board")).Expect(200);
        var sums = Column(sales, blind, "Qualification").GetProperty("sums");
        Assert.Equal((3, JsonValueKind.Null, JsonValueKind.Null), (
            sums.GetProperty("count").GetInt32(), sums.GetProperty("converted").ValueKind, sums.GetProperty("amounts").ValueKind));
        Assert.DoesNotContain("\"converted\":{", blind.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pace_of_a_pipeline_is_told_stage_by_stage() // ReadVelocity, ReadStays
    {
        var sales = await Sales.Begin();
        var (won, lost, back) = (await sales.Deal(), await sales.Deal(), await sales.Deal());
        foreach (var deal in (Guid[])[won, lost, back])
            (await sales.Move(deal, "Needs analysis")).Expect(200);
        await sales.Crm.Sql("pipeline", As.Admin).Execute(
            "update deal_stay set entered_at = left_at - interval '4 days' where tenant = $1 and left_at is not null", sales.Crm.Id);
        (await sales.Door.Post($"/deals/{won}/win", new { reason = "Price" })).Expect(200);
        (await sales.Door.Post($"/deals/{lost}/lose", new { reason = "Price" })).Expect(200);
        (await sales.Move(back, "Qualification")).Expect(200);

        var pace = (await sales.Door.Get($"/pipelines/{sales.Pipeline}/velocity")).Expect(200);

        var stages = pace["stages"].EnumerateArray().ToDictionary(s => s.GetProperty("stage").GetString()!);
        Assert.Equal((4, 3, 4m, 3, 0, 0, 100m), Of(stages["Qualification"]));
        Assert.Equal((3, 3, 0m, 1, 1, 1, 33.3m), Of(stages["Needs analysis"]));
        Assert.Equal((1, 1, 50m), (pace["won"].GetInt32(), pace["lost"].GetInt32(), pace["winRate"].GetDecimal()));
        Assert.Equal(0, (await sales.Door.Get($"/pipelines/{sales.Pipeline}/velocity?filter=name = \"Other\"")).Expect(200)["won"].GetInt32());

        static (int, int, decimal, int, int, int, decimal) Of(JsonElement s) => (
            s.GetProperty("entered").GetInt32(), s.GetProperty("left").GetInt32(), Math.Round(s.GetProperty("medianDays").GetDecimal(), 0),
            s.GetProperty("wentOn").GetInt32(), s.GetProperty("wentBack").GetInt32(), s.GetProperty("lost").GetInt32(),
            s.GetProperty("conversion").GetDecimal());
    }

    private static JsonElement Column(Sales sales, Reply board, string stage) =>
        board["stages"].EnumerateArray().Single(c => c.GetProperty("stage").GetProperty("id").GetGuid() == sales.Stages[stage]);

    private static (int, decimal, decimal) Sums(JsonElement column)
    {
        var sums = column.GetProperty("sums");
        return (sums.GetProperty("count").GetInt32(), sums.GetProperty("converted").GetDecimal(), sums.GetProperty("weighted").GetDecimal());
    }
}
