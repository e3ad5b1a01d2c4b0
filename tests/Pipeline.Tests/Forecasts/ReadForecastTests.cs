using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Forecasts;

public sealed class ReadForecastTests
{
    private static readonly Guid Ada = Guid.CreateVersion7(), Bob = Guid.CreateVersion7(), Cleo = Guid.CreateVersion7();
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private static readonly string Month = Today.ToString("yyyy-MM");

    [Fact]
    public async Task What_everybody_has_rolls_up_along_the_tree_of_teams_and_splits_are_theirs_who_have_them()
    {
        var (sales, company, north, south) = await World();
        var deal = await Deal(sales, Ada, 1000, "Proposal");
        await Deal(sales, Bob, 400, "Negotiation");
        await Deal(sales, Cleo, 200, "Qualification");
        var won = await Deal(sales, Cleo, 100, "Negotiation");
        (await sales.Door.Post($"/deals/{won}/win", new { reason = "Price" })).Expect(200);
        (await sales.Door.Post("/dealMembers", new { dealId = deal, userId = Cleo, split = 25 })).Expect(201);

        var all = (await sales.Door.Get($"/forecasts?period={Month}")).Expect(200);
        Assert.Equal(["Company 200 1000 400 100"], Lines(all));
        var below = (await sales.Door.Get($"/forecasts?period={Month}&team={company}")).Expect(200);
        Assert.Equal(["North 0 750 400 0", "South 200 250 0 100"], Lines(below));
        Assert.Equal(["Ada 0 750 0 0", "Bob 0 0 400 0"], Lines((await sales.Door.Get($"/forecasts?period={Month}&team={north}")).Expect(200)));
        Assert.Equal(["Cleo 200 250 0 100"], Lines((await sales.Door.Get($"/forecasts?period={Month}&team={south}")).Expect(200)));
        Assert.Equal(820m, all["total"].GetProperty("expected").GetProperty("weighted").GetDecimal());
        (await sales.Door.Get("/forecasts?period=2026-13")).Expect(422, "invalid");
    }

    [Fact]
    public async Task A_manager_adjusts_with_a_note_and_no_deal_changes()
    {
        var (sales, company, north, _) = await World();
        var deal = await Deal(sales, Ada, 1000, "Proposal");
        var manager = sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["manager"]));
        var adjustment = new { period = Month, forTeamId = north, category = "commit", amount = Sales.Eur(300), note = "The ministry called" };
        (await sales.Door.WithToken(sales.Crm.TokenOf(Ada, ["sales"])).Post("/forecastAdjustments", adjustment)).Expect(403, "not_allowed");
        (await manager.Post("/forecastAdjustments", new { period = Month, forTeamId = north, amount = Sales.Eur(300) })).Expect(422, "invalid");
        (await manager.Post("/forecastAdjustments", adjustment)).Expect(201);

        var line = (await manager.Get($"/forecasts?period={Month}&team={company}")).Expect(200)["lines"][0];
        Assert.Equal((0m, 300m), (Sum(line, "expected", "commit"), Sum(line, "adjusted", "commit")));
        Assert.Equal("The ministry called", line.GetProperty("adjustments")[0].GetProperty("note").GetString());
        Assert.Equal(1, (await sales.Door.Get($"/deals/{deal}")).Expect(200).Version);
    }

    [Fact]
    public async Task Quotas_are_reached_by_what_was_won_and_by_each_one_s_part_of_it()
    {
        var (sales, company, north, south) = await World();
        var won = await Deal(sales, Ada, 1000, "Proposal");
        (await sales.Door.Post("/dealMembers", new { dealId = won, userId = Cleo, split = 40 })).Expect(201);
        (await sales.Door.Post($"/deals/{won}/win", new { reason = "Price" })).Expect(200);
        await Deal(sales, Ada, 800, "Proposal");
        foreach (var (user, amount) in ((Guid, decimal)[])[(Ada, 1000), (Bob, 500), (Cleo, 800)])
            (await sales.Door.Post("/quotas", new { period = Month, forUserId = user, amount = Sales.Eur(amount) })).Expect(201);
        (await sales.Door.Post("/quotas", new { period = Month, forUserId = Ada, amount = Sales.Eur(1) })).Expect(409, "duplicate");

        var ada = (await sales.Door.Get($"/forecasts?period={Month}&team={north}")).Expect(200)["lines"][0];
        Assert.Equal(
            (1000m, 60m, 2m),
            (ada.GetProperty("quota").GetDecimal(), ada.GetProperty("attainment").GetDecimal(), ada.GetProperty("coverage").GetDecimal()));
        var teams = (await sales.Door.Get($"/forecasts?period={Month}&team={company}")).Expect(200)["lines"].EnumerateArray()
            .Select(l => (l.GetProperty("quota").GetDecimal(), l.GetProperty("attainment").GetDecimal()));
        Assert.Equal([(1500m, 40m), (800m, 50m)], teams);
        (await sales.Door.Post("/quotas", new { period = Month, forTeamId = south, amount = Sales.Eur(2000) })).Expect(201);
        Assert.Equal(20m, (await sales.Door.Get($"/forecasts?period={Month}&team={company}")).Expect(200)["lines"][1].GetProperty("attainment").GetDecimal());
    }

    [Fact]
    public async Task What_has_changed_since_a_snapshot_is_shown_to_each_as_far_as_they_see_deals()
    {
        var (sales, company, _, _) = await World();
        var first = await Deal(sales, Ada, 1000, "Proposal");
        await Deal(sales, Cleo, 500, "Proposal");
        (await sales.Door.Get($"/forecasts?period={Month}&since={Today:O}")).Expect(404, "no_snapshot");
        var taken = (await sales.Door.Post("/forecastSnapshots", new { period = Month })).Expect(201);
        Assert.Equal((Today.ToString("O"), "EUR"), (taken["takenOn"].GetString(), taken["currency"].GetString()));
        (await sales.Door.Post("/forecastSnapshots", new { period = Month })).Expect(409, "duplicate");
        (await sales.Door.Post("/forecastSnapshots", new { period = "soon" })).Expect(422, "invalid");

        (await sales.Door.Patch($"/deals/{first}", new { amount = Sales.Eur(1200) })).Expect(200);
        await Deal(sales, Bob, 70, "Negotiation");

        var now = (await sales.Door.Get($"/forecasts?period={Month}&team={company}&since={Today:O}")).Expect(200);
        Assert.Equal((200m, 70m, 1m), (Sum(now["total"], "change", "bestCase"), Sum(now["total"], "change", "commit"), Sum(now["total"], "change", "deals")));
        Assert.Equal(Today.ToString("O"), now["comparedWith"].GetString());
        var ada = (await sales.Door.WithToken(sales.Crm.TokenOf(Ada, ["sales"])).Get($"/forecasts?period={Month}&since={Today:O}")).Expect(200);
        Assert.Equal((1200m, 200m), (Sum(ada["total"], "expected", "bestCase"), Sum(ada["total"], "change", "bestCase")));
    }

    [Fact]
    public async Task Forecasts_are_kept_with_the_beginning_of_each_week()
    {
        var (sales, _, _, _) = await World();
        await Deal(sales, Ada, 1000, "Proposal");

        await sales.Crm.Sql("pipeline", As.Admin).Execute("update pipeline set forecasts_kept_at = now() where tenant = $1", sales.Crm.Id);

        await TestCrm.Eventually(async () =>
            Assert.Equal(2, (await sales.Door.Get("/forecastSnapshots?include=total")).Expect(200)["total"].GetInt32()));
        var next = (await sales.Door.Get($"/pipelines/{sales.Pipeline}")).Expect(200)["forecastsKeptAt"].GetDateTimeOffset();
        Assert.Equal((DayOfWeek.Monday, TimeSpan.Zero), (next.DayOfWeek, next.TimeOfDay));
        Assert.Equal(1000m, Sum((await sales.Door.Get($"/forecasts?period={Month}&since={Today:O}")).Expect(200)["total"], "expected", "bestCase"));
    }

    [Theory]
    [InlineData("2026-07", 1, "2026-07-01", "2026-07-31")]
    [InlineData("2026-Q1", 1, "2026-01-01", "2026-03-31")]
    [InlineData("2026-Q4", 4, "2027-01-01", "2027-03-31")]
    [InlineData("2024-02", 1, "2024-02-01", "2024-02-29")]
    public void A_period_is_a_month_or_a_quarter_of_the_company_s_year(string name, int begins, string from, string to)
    {
        var period = Pipeline.Forecasts.Period.Read(name, begins);

        Assert.Equal((from, to), (period.From.ToString("O"), period.To.ToString("O")));
        Assert.Contains(period, Pipeline.Forecasts.Period.Of(period.From.AddDays(10), begins));
    }

    // Company > North (Ada, Bob), South (Cleo)
    private static async Task<(Sales Sales, Guid Company, Guid North, Guid South)> World()
    {
        var sales = await Sales.Begin();
        var (company, north, south) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await sales.Crm.Told("pipeline", "identity.team", company, 1, """{"name":"Company"}""");
        await sales.Crm.Told("pipeline", "identity.team", north, 1, $$"""{"name":"North","parentId":"{{company}}"}""");
        await sales.Crm.Told("pipeline", "identity.team", south, 1, $$"""{"name":"South","parentId":"{{company}}"}""");
        foreach (var (id, name, team) in ((Guid, string, Guid)[])[(Ada, "Ada", north), (Bob, "Bob", north), (Cleo, "Cleo", south)])
            await sales.Crm.Told("pipeline", "identity.user", id, 1, $$"""{"name":"{{name}}","status":"active","roles":["sales"],"teams":["{{team}}"]}""");
        return (sales, company, north, south);
    }

    private static async Task<Guid> Deal(Sales sales, Guid owner, decimal amount, string stage) => (await sales.Door.Post("/deals", new
    {
        name = "Engines",
        ownerId = owner,
        amount = Sales.Eur(amount),
        stageId = sales.Stages[stage],
        expectedCloseOn = Today,
    })).Expect(201).Id;

    private static IEnumerable<string> Lines(Reply forecast) => forecast["lines"].EnumerateArray().Select(l => string.Join(' ', [
        l.GetProperty("name").GetString()!,
        .. ((string[])["pipeline", "bestCase", "commit", "closed"]).Select(c => $"{Sum(l, "expected", c):0}"),
    ]));

    private static decimal Sum(JsonElement line, string of, string category) => line.GetProperty(of).GetProperty(category).GetDecimal();
}
