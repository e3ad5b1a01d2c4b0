namespace CrmPlatform.AllInOne;

/// <summary>What the demo company sells, and to whom it is selling it.</summary>
internal static class DemoDeals
{
    private const int Deals = 90;

    private static readonly (string Name, string Sku, decimal Price, string Period, string Family)[] Goods =
    [
        ("Platform licence", "LIC-1", 49, "month", "Licences"), ("Analytics add-on", "LIC-2", 19, "month", "Licences"),
        ("Onboarding", "SRV-1", 2400, "once", "Services"), ("Training day", "SRV-2", 1150, "once", "Services"),
        ("Premium support", "SUP-1", 6000, "year", "Support"),
    ];

    private static readonly string[] Names = ["Licences for", "Renewal of", "Roll-out at", "Pilot with", "Expansion at"];
    private static readonly string[] Reasons = ["Price", "Best fit", "They knew us", "Fast start"];
    private static readonly string[] Losses = ["Price", "No budget", "A competitor", "No decision"];

    /// <summary>Enters products and prices, rates, competitors, and deals in every stage.</summary>
    public static async Task Enter(
        Func<string, object, Task<string>> enter, Func<string, Task<IReadOnlyDictionary<string, string>>> stages, string[] accounts, string[] people,
        DemoOwners owners)
    {
        var pipeline = await enter("pipelines/default", new { });
        var known = await stages(pipeline);
        await enter("pipelineSettings", new { winReasons = Reasons, lossReasons = Losses });
        foreach (var (currency, rate) in ((string, decimal)[])[("USD", 0.92m), ("GBP", 1.17m), ("SEK", 0.087m), ("CHF", 1.05m)])
            await enter("currencyRates", new { currency, validFrom = "2024-01-01", rate });
        var book = await enter("priceBooks", new { name = "Europe", currency = "EUR", tier = "standard" });
        var products = new List<string>();
        foreach (var (name, sku, price, period, family) in Goods)
        {
            var productId = await enter("products", new { name, sku, family, period, taxClass = "standard" });
            products.Add(productId);
            await enter("prices", new { productId, priceBookId = book, amount = price });
        }
        string[] rivals = [await enter("competitors", new { name = "Difference Ltd" }), await enter("competitors", new { name = "Tabulating & Sons" })];
        for (var i = 0; i < Deals; i++)
            await Deal(i, enter, known, new(accounts[i * 7 % accounts.Length], people[i], i * 7 % accounts.Length, owners), book, products, rivals[i % 2]);
    }

    // Who is to buy: a company, somebody who works there, and whose customers they are.
    private sealed record Side(string Account, string Contact, int Number, DemoOwners Owners);

    private static async Task Deal(
        int i, Func<string, object, Task<string>> enter, IReadOnlyDictionary<string, string> stages, Side side, string book, List<string> products,
        string rival)
    {
        string[] open = ["Qualification", "Needs analysis", "Proposal", "Negotiation"];
        var hasLines = i % 3 == 0;
        var close = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(i * 13 % 200 - 20);
        var id = await enter("deals", new
        {
            name = $"{Names[i % Names.Length]} {DemoWords.Founders[i * 7 % DemoWords.Founders.Length]} ({i + 1})",
            accountId = side.Account,
            ownerId = side.Owners.Of(side.Number),
            teamId = side.Owners.TeamOf(side.Number),
            stageId = stages[open[i % open.Length]],
            type = i % 5 == 1 ? "renewal" : i % 5 == 4 ? "expansion" : "new",
            source = DemoWords.Sources[i * 3 % DemoWords.Sources.Length],
            amount = hasLines ? null : new { amount = $"{3000 + i * 977 % 60_000}.00", currency = i % 7 == 2 ? "USD" : i % 7 == 5 ? "GBP" : "EUR" },
            priceBookId = hasLines ? book : null,
            lines = hasLines
                ? new[] { new { productId = products[i % products.Count], quantity = 5 + i % 40, term = 12, discountPercent = i % 4 * 5 } } : [],
            expectedCloseOn = $"{close:yyyy-MM-dd}",
            nextStep = i % 2 == 0 ? "Call about the offer" : null,
        });
        await enter("dealContacts", new { dealId = id, contactId = side.Contact, role = i % 2 == 0 ? "decisionMaker" : "champion", primary = true });
        if (i % 6 == 5)
            await enter("dealCompetitors", new { dealId = id, competitorId = rival });
        if (i % 5 == 3)
            await enter($"deals/{id}/win", new { reason = Reasons[i % Reasons.Length] });
        else if (i % 9 == 7)
            await enter($"deals/{id}/lose", new { reason = Losses[i % Losses.Length] });
    }
}
