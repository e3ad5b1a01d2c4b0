using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Currencies;

public sealed class CurrencyTests
{
    [Fact]
    public async Task A_deal_is_converted_at_the_rate_of_the_day_it_is_to_close_and_keeps_it()
    {
        var sales = await Sales.Begin();
        await Rate(sales, "USD", "2030-01-01", 0.9m);
        await Rate(sales, "USD", "2030-06-01", 0.8m);
        var deal = await sales.Deal(amount: Sales.Money(1000, "USD"), close: new DateOnly(2030, 3, 1));
        await Is(sales, deal, 0.9m, "900.00");

        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Money(2000, "USD") })).Expect(200);
        await Is(sales, deal, 0.9m, "1800.00");
        (await sales.Door.Patch($"/deals/{deal}", new { expectedCloseOn = "2030-06-15" })).Expect(200);
        await Is(sales, deal, 0.8m, "1600.00");
        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Eur(7) })).Expect(200);
        await Is(sales, deal, 1m, "7.00");
        (await sales.Door.Patch($"/deals/{deal}", new { amount = Sales.Money(7, "CHF") })).Expect(200);
        Assert.Equal(JsonValueKind.Null, (await sales.Door.Get($"/deals/{deal}")).Expect(200)["converted"].ValueKind);
    }

    [Fact]
    public async Task A_rate_that_changes_changes_open_deals_when_that_is_asked_for_and_won_ones_never() // RevalueDeals
    {
        var sales = await Sales.Begin();
        var rate = await Rate(sales, "USD", "2020-01-01", 0.9m);
        var (open, won) = (await Usd(), await Usd());
        (await sales.Door.Post($"/deals/{won}/win", new { reason = "Price" })).Expect(200);

        (await sales.Door.Patch($"/currencyRates/{rate}", new { rate = 0.5 })).Expect(200);
        (await sales.Door.Patch($"/deals/{open}", new { name = "Same" })).Expect(200);
        await Is(sales, open, 0.9m, "900.00");

        (await sales.Door.WithToken(sales.Crm.TokenOf(Guid.CreateVersion7(), ["sales"])).Post("/deals/revalue")).Expect(403, "not_allowed");
        var job = (await sales.Door.Post("/deals/revalue")).Expect(202);
        await TestCrm.Eventually(() => Is(sales, open, 0.5m, "500.00"));
        await Is(sales, won, 0.9m, "900.00");
        await TestCrm.Eventually(async () => Assert.Equal("done", (await sales.Door.Get($"/deals/jobs/{job.Id}")).Expect(200)["state"].GetString()));
        Assert.Equal(1, (await sales.Door.Get($"/deals/jobs/{job.Id}")).Expect(200)["changed"].GetInt32());

        (await sales.Door.Post($"/operations/{job["operation"].GetGuid()}/undo")).Expect(200);
        await Is(sales, open, 0.9m, "900.00");

        Task<Guid> Usd() => sales.Deal(amount: Sales.Money(1000, "USD"), close: new DateOnly(2030, 3, 1));
    }

    [Fact]
    public async Task Amounts_are_rounded_to_what_their_currency_has()
    {
        var sales = await Sales.Begin();
        (await sales.Door.Post("/pipelineSettings", new { reportingCurrency = "JPY" })).Expect(201);
        await Rate(sales, "EUR", "2020-01-01", 163.25m);

        var deal = await sales.Deal(amount: Sales.Eur(10.10m));

        await Is(sales, deal, 163.25m, "1649");
        (await sales.Door.Post("/currencyRates", new { currency = "JPY", validFrom = "2020-01-01", rate = 2 })).Expect(422, "invalid");
    }

    [Fact]
    public async Task Sums_of_shares_that_never_end_are_told_all_the_same()
    {
        var sales = await Sales.Begin();
        await Rate(sales, "USD", "2020-01-01", 0.3333333333m);
        (await sales.Door.Post("/deals", new { name = "Beyond", amount = Sales.Eur(10_000_000_000_000_000m) })).Expect(422, "invalid");
        for (var n = 0; n < 3; n++)
        {
            var deal = await sales.Deal(amount: Sales.Money(100_000_000_000.3333333333333m, "USD"), close: new DateOnly(2030, 5, 5));
            (await sales.Door.Patch($"/deals/{deal}", new { manualProbability = 33 })).Expect(200);
            (await sales.Door.Post("/dealMembers", new { dealId = deal, userId = Guid.CreateVersion7(), split = 33.3333333333 })).Expect(201);
        }

        (await sales.Door.Get("/deals/board")).Expect(200);
        (await sales.Door.Post("/forecastSnapshots", new { period = "2030-05" })).Expect(201);
        (await sales.Door.Get("/forecasts?period=2030-05&since=2999-01-01")).Expect(200);
    }

    private static async Task<Guid> Rate(Sales sales, string currency, string validFrom, decimal rate) =>
        (await sales.Door.Post("/currencyRates", new { currency, validFrom, rate })).Expect(201).Id;

    private static async Task Is(Sales sales, Guid deal, decimal rate, string converted)
    {
        var now = (await sales.Door.Get($"/deals/{deal}")).Expect(200);
        Assert.Equal((rate, converted), (now["rate"].GetDecimal(), now["converted"].GetProperty("amount").GetString()));
    }
}
