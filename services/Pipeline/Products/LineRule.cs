using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Deals;

namespace CrmPlatform.Pipeline.Products;

/// <summary>What holds of a deal's lines; they say what it is worth.</summary>
internal static class LineRule
{
    private const decimal MostPrice = 1_000_000_000_000;

    /// <summary>The deal with its lines filled in from products and prices, and with the amount they come to.</summary>
    public static async ValueTask<Deal> Applied(Session session, Deal? before, Deal after)
    {
        if (before is null || !before.Lines.SequenceEqual(after.Lines))
            after = after with { Lines = await Filled(session, before, after) };
        if (after.Lines.Count == 0)
            return after; // what they came to stays, and can be changed from now on
        var total = LineMath.Total(after.Lines)!;
        return after.Amount is null || after.Amount == total || after.Amount == before?.Amount ? after with { Amount = total }
            : throw Refusal.Invalid(
                "amount", $"The deal has lines, and they come to {total.Amount} {total.Currency}: change those, or take them out.", new("lines"));
    }

    private static async Task<IReadOnlyList<DealLine>> Filled(Session session, Deal? before, Deal deal)
    {
        var ids = deal.Lines.Select(l => l.ProductId).OfType<Guid>().Distinct().ToArray();
        var products = (await session.List<Product>("id = any(@ids)", new { ids })).ToDictionary(p => p.Id);
        var prices = await Prices(session, deal.PriceBookId, ids);
        var (lines, errors) = (new List<DealLine>(), new Errors());
        foreach (var (sent, i) in deal.Lines.OrderBy(l => l.Position).Select((line, i) => (line, i)))
        {
            var product = sent.ProductId is { } id ? products.GetValueOrDefault(id) : null;
            var wasThere = before?.Lines.Any(l => l.ProductId == sent.ProductId) == true;
            if (sent.ProductId is not null && (product is null || (product.DeletedAt is not null || product.Retired) && !wasThere))
                errors.Add(
                    $"lines[{i}].productId", product is null ? "There is no such product." : $"{product.Name} is sold no longer.",
                    product is null ? BrokenRule.Missing : BrokenRule.Retired);
            var price = prices.GetValueOrDefault(sent.ProductId ?? Guid.Empty);
            var line = sent with
            {
                Name = sent.Name ?? product?.Name,
                ListPrice = sent.ListPrice ?? price?.Amount,
                TaxClass = sent.TaxClass ?? product?.TaxClass,
                Period = sent.Period ?? price?.Period ?? product?.Period ?? RecurringPeriod.Once,
                Position = i,
                Total = null,
            };
            if (Wrong(line, lines.Count > 0 ? lines[0].ListPrice!.Currency : null) is { } wrong)
                errors.Add($"lines[{i}].{wrong.Field}", wrong.Why, wrong.Rule);
            else
                lines.Add(line with { Total = LineMath.Total(line) });
        }
        errors.Throw();
        return lines;
    }

    private static (string Field, string Why, BrokenRule Rule)? Wrong(DealLine line, string? currency) => line switch
    {
        { Name: null } => ("name", "A line has a product or a name.", BrokenRule.Required),
        { ListPrice: null } => ("listPrice", "The deal's price book has no price for it: say what one costs.", BrokenRule.Required),
        { ListPrice.Amount: < 0 or > MostPrice } =>
            ("listPrice", "A price is not below nothing, nor above a thousand billions.", BrokenRule.Range(0, MostPrice)),
        { DiscountPercent: not null, DiscountAmount: not null } => ("discountAmount", "A discount is a percentage or an amount.", new("either")),
        _ when currency is not null && line.ListPrice.Currency != currency =>
            ("listPrice", $"The lines of a deal are in one currency: {currency}.", new("currency") { Allowed = [currency] }),
        _ when LineMath.Total(line with { DiscountAmount = null }).Amount is var costs && line.DiscountAmount > costs =>
            ("discountAmount", "No more can be taken off than it costs.", BrokenRule.Range(0, costs)),
        _ => null,
    };

    private static async Task<Dictionary<Guid, (Money Amount, RecurringPeriod? Period)?>> Prices(Session session, Guid? book, Guid[] products)
    {
        if (book is not { } id || products.Length == 0)
            return [];
        var currency = (await session.List<PriceBook>("id = @id and deleted_at is null", new { id })).FirstOrDefault()?.Currency;
        return currency is null ? [] : (await session.List<Price>(
            "price_book_id = @id and product_id = any(@products) and deleted_at is null", new { id, products }))
            .ToDictionary(p => p.ProductId!.Value, p => ((Money Amount, RecurringPeriod? Period)?)(new Money(p.Amount, currency), p.Period));
    }
}
