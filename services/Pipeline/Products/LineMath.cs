using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Currencies;

namespace CrmPlatform.Pipeline.Products;

/// <summary>What lines come to. Each is rounded for itself to what its currency has, so their sum is the same in any order.</summary>
public static class LineMath
{
    /// <summary>Quantity × price × periods, less the discount; never below nothing.</summary>
    public static Money Total(DealLine line)
    {
        var price = line.ListPrice ?? throw new ArgumentException("A line without a price comes to nothing that could be said.", nameof(line));
        var whole = line.Quantity * price.Amount * (line.Period is null or RecurringPeriod.Once ? 1 : line.Term);
        var off = line.DiscountPercent is { } percent ? whole * percent / 100m : line.DiscountAmount ?? 0;
        return Minor.Round(new Money(Math.Max(0, whole - off), price.Currency));
    }

    /// <summary>The sum of lines, all in one currency; null where there are none.</summary>
    public static Money? Total(IReadOnlyCollection<DealLine> lines) => lines.Count == 0 ? null
        : lines.Select(Total).Aggregate((sum, one) => sum with { Amount = sum.Amount + one.Amount });
}
