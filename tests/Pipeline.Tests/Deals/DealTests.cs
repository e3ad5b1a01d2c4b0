using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Deals;

public sealed class DealTests
{
    [Fact]
    public async Task Probability_and_category_are_the_stage_s_until_somebody_knows_better_and_again_when_that_is_emptied()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();

        var mine = (await sales.Door.Patch($"/deals/{deal}", new { manualProbability = 80, manualCategory = "commit" })).Expect(200);
        Assert.Equal((80, "commit"), (mine["probability"].GetInt32(), mine["category"].GetString()));
        var moved = (await sales.Move(deal, "Needs analysis")).Expect(200);
        Assert.Equal((80, "commit"), (moved["probability"].GetInt32(), moved["category"].GetString()));
        var auto = (await sales.Door.Patch($"/deals/{deal}", new { manualProbability = (int?)null, manualCategory = (string?)null })).Expect(200);
        Assert.Equal((25, "pipeline"), (auto["probability"].GetInt32(), auto["category"].GetString()));
        (await sales.Door.Patch($"/deals/{deal}", new { manualCategory = "closed" })).Expect(422, "invalid");
    }

    [Fact]
    public async Task What_changes_of_a_stage_its_open_deals_follow()
    {
        var sales = await Sales.Begin();
        var (auto, mine) = (await sales.Deal(), await sales.Deal());
        (await sales.Door.Patch($"/deals/{mine}", new { manualProbability = 80 })).Expect(200);

        (await sales.Door.Patch($"/stages/{sales.Stages["Qualification"]}", new { probability = 15, maxAgeDays = 5 })).Expect(200);

        await TestCrm.Eventually(async () => Assert.Equal(15, (await sales.Door.Get($"/deals/{auto}")).Expect(200)["probability"].GetInt32()));
        Assert.Equal(80, (await sales.Door.Get($"/deals/{mine}")).Expect(200)["probability"].GetInt32());
        Assert.NotEqual(JsonValueKind.Null, (await sales.Door.Get($"/deals/{auto}")).Expect(200)["stallsAt"].ValueKind);
    }

    [Fact]
    public async Task Putting_off_the_day_is_counted_and_the_first_one_remembered()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal(close: new DateOnly(2030, 3, 31));

        foreach (var day in (string[])["2030-04-30", "2030-04-15", "2030-09-30"])
            (await sales.Door.Patch($"/deals/{deal}", new { expectedCloseOn = day })).Expect(200);

        var now = (await sales.Door.Get($"/deals/{deal}")).Expect(200);
        Assert.Equal((2, "2030-03-31"), (now["slips"].GetInt32(), now["firstCloseOn"].GetString()));
    }

    [Fact]
    public async Task Nobody_shares_more_than_all_of_a_deal_however_many_try_at_once()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sales.Door.Post(
            "/dealMembers", new { dealId = deal, userId = Guid.CreateVersion7(), split = 30 })));

        Assert.Equal(3, all.Count(r => r.Status == 201));
        Assert.All(all.Where(r => r.Status != 201), r => Assert.True(r.Expect(422, "invalid")["errors"].TryGetProperty("split", out _)));
    }

    [Fact]
    public async Task Everybody_takes_part_once_and_one_of_them_is_the_first()
    {
        var sales = await Sales.Begin();
        var deal = await sales.Deal();
        var (ada, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        (await sales.Door.Post("/dealContacts", new { dealId = deal, contactId = ada, role = "decisionMaker", primary = true })).Expect(201);
        (await sales.Door.Post("/dealContacts", new { dealId = deal, contactId = ada })).Expect(409, "duplicate");

        (await sales.Door.Post("/dealContacts", new { dealId = deal, contactId = bob, role = "champion", primary = true })).Expect(201);

        var first = Assert.Single((await sales.Door.Get("/dealContacts?filter=primary = true")).Expect(200)["items"].EnumerateArray());
        Assert.Equal(bob, first.GetProperty("contactId").GetGuid());
        Assert.Single((await sales.Door.Get($"/deals?filter=any(dealContacts, contactId = \"{ada}\")")).Expect(200)["items"].EnumerateArray());
    }

    [Fact]
    public async Task Who_sees_a_deal_sees_its_parts_and_they_go_with_it_into_other_hands()
    {
        var sales = await Sales.Begin();
        var (deal, me, you) = (await sales.Deal(), Guid.CreateVersion7(), Guid.CreateVersion7());
        (await sales.Door.Patch($"/deals/{deal}", new { ownerId = me })).Expect(200);
        (await sales.Door.Post("/dealContacts", new { dealId = deal, contactId = Guid.CreateVersion7() })).Expect(201);
        var (mine, yours) = (sales.Door.WithToken(sales.Crm.TokenOf(me, ["sales"])), sales.Door.WithToken(sales.Crm.TokenOf(you, ["sales"])));
        Assert.Equal((1, 0), (await Parts(mine), await Parts(yours)));
        (await yours.Post("/dealContacts", new { dealId = deal, contactId = Guid.CreateVersion7() })).Expect(404, "not_found");

        var handed = (await mine.Patch($"/deals/{deal}", new { ownerId = you })).Expect(200);

        Assert.Equal((0, 1), (await Parts(mine), await Parts(yours)));
        (await sales.Door.Post($"/operations/{handed.Operation}/undo")).Expect(200);
        Assert.Equal((1, 0), (await Parts(mine), await Parts(yours)));

        static async Task<int> Parts(Door door) => (await door.Get("/dealContacts?include=total")).Expect(200)["total"].GetInt32();
    }

    [Fact]
    public async Task A_deal_that_stays_too_long_and_one_whose_day_is_past_are_told_of_once()
    {
        var sales = await Sales.Begin();
        await using var bus = await sales.Crm.Listen("pipeline.deal.*");
        var deal = await sales.Deal(stage: "Needs analysis", close: DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2));
        await bus.Until(2, deal); // that it is overdue; what is written then says anew when it stalls

        await sales.Crm.Sql("pipeline", As.Admin).Execute("update deal set stalls_at = now() - interval '1 hour' where id = $1", deal);

        var told = await bus.Until(3, deal);
        Assert.Equal(["pipeline.deal.created", "pipeline.deal.overdue", "pipeline.deal.stalled"], told.Select(t => t.Type).Order());
        Assert.Equal(30, told.Single(t => t.Type == "pipeline.deal.stalled").Body.GetProperty("maxAgeDays").GetInt32());
        var now = (await sales.Door.Get($"/deals/{deal}")).Expect(200);
        Assert.All((string[])["stalledAt", "overdueAt"], f => Assert.NotEqual(JsonValueKind.Null, now[f].ValueKind));
        Assert.All((string[])["stallsAt", "lapsesAt"], f => Assert.Equal(JsonValueKind.Null, now[f].ValueKind));

        var moved = (await sales.Move(deal, "Qualification")).Expect(200);
        Assert.Equal(JsonValueKind.Null, moved["stalledAt"].ValueKind);
        var put = (await sales.Door.Patch($"/deals/{deal}", new { expectedCloseOn = "2031-01-01" })).Expect(200);
        Assert.Equal((JsonValueKind.Null, "2031-01-02T00:00:00+00:00"), (put["overdueAt"].ValueKind, put["lapsesAt"].GetString()));
        Assert.Equal(5, (await bus.Until(5, deal)).Count);
    }

    [Fact]
    public async Task Deals_are_chosen_and_ordered_by_the_company_and_the_owner_as_far_as_these_are_seen()
    {
        var sales = await Sales.Begin();
        var (bank, mill, ada, me) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await sales.Crm.Told("pipeline", "contacts.account", bank, 1, $$"""{"name":"Bank","industry":"Finance","ownerId":"{{me}}"}""");
        await sales.Crm.Told("pipeline", "contacts.account", mill, 1, """{"name":"Mill","industry":"Food"}""");
        await sales.Crm.Told("pipeline", "identity.user", ada, 1, """{"name":"Ada","status":"active"}""");
        foreach (var (name, accountId, ownerId) in ((string, Guid?, Guid)[])[("B", bank, ada), ("M", mill, me), ("N", null, me)])
            (await sales.Door.Post("/deals", new { name, accountId, ownerId })).Expect(201);

        Assert.Equal(["B"], await Names(sales.Door, "filter=account.industry = \"Finance\""));
        Assert.Equal(["M"], await Names(sales.Door, "filter=account.name ~ \"mi*\" and owner.name is null"));
        Assert.Equal(["B"], await Names(sales.Door, "filter=owner.name = \"Ada\""));
        Assert.Equal(["M", "B", "N"], await Names(sales.Door, "sort=-account.name"));
        var seller = sales.Door.WithToken(sales.Crm.TokenOf(me, ["sales"]));
        Assert.Equal(["M", "N"], await Names(seller, "sort=name"));
        Assert.Empty(await Names(seller, "filter=account.industry = \"Food\"")); // it is not theirs
        await sales.Crm.Told("pipeline", "contacts.account", bank, 2, """{"name":"Bank","industry":"Finance"}""", deleted: true);
        Assert.Empty(await Names(sales.Door, "filter=account.industry = \"Finance\""));

        static async Task<List<string>> Names(Door door, string query) =>
            [.. (await door.Get($"/deals?{query}")).Expect(200)["items"].EnumerateArray().Select(d => d.GetProperty("name").GetString()!)];
    }
}
