using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Products;
using Xunit;

namespace CrmPlatform.Pipeline.Tests.Products;

/// <summary>S39: a deal's total is a function of its lines, and of nothing else.</summary>
public sealed class LineMathTests
{
    private const int Rounds = 2000;

    [Theory]
    [InlineData("1", "100", null, null, "once", 12, "100.00")]
    [InlineData("3", "19.99", null, null, "once", 1, "59.97")]
    [InlineData("3", "19.99", "10", null, "once", 1, "53.97")]
    [InlineData("1", "0.05", "50", null, "once", 1, "0.03")]
    [InlineData("2.5", "10", null, "5", "once", 1, "20.00")]
    [InlineData("5", "20", null, null, "month", 12, "1200.00")]
    [InlineData("5", "20", "25", null, "year", 3, "225.00")]
    [InlineData("1", "10", "100", null, "once", 1, "0.00")]
    public void A_line_is_quantity_times_price_times_terms_less_discount(
        string quantity, string price, string? percent, string? off, string period, int term, string total)
    {
        var line = new DealLine
        {
            Quantity = Number(quantity),
            ListPrice = new Money(Number(price), "EUR"),
            DiscountPercent = percent is null ? null : Number(percent),
            DiscountAmount = off is null ? null : Number(off),
            Period = Enum.Parse<RecurringPeriod>(period, ignoreCase: true),
            Term = term,
        };

        Assert.Equal(new Money(Number(total), "EUR"), LineMath.Total(line));
    }

    [Fact]
    public void S39_the_total_is_the_sum_of_the_lines_in_any_order_and_never_depends_on_what_was_before()
    {
        var random = new Random(39);
        for (var round = 0; round < Rounds; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Any(random)).ToList();
            var total = LineMath.Total(lines)!;

            Assert.Equal(lines.Sum(l => LineMath.Total(l).Amount), total.Amount);
            var shuffled = lines.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(total, LineMath.Total(shuffled));
            Assert.Equal(total.Amount, LineMath.Total(shuffled[..^1])?.Amount + LineMath.Total(shuffled[^1]).Amount ?? total.Amount);
            Assert.Equal(total, LineMath.Total([.. lines.Select(l => l with { Position = random.Next(), Total = new Money(1, "EUR"), Name = "Other" })]));
        }
    }

    [Fact]
    public void S39_a_line_is_rounded_once_to_what_can_be_paid_and_never_falls_below_nothing()
    {
        var random = new Random(93);
        for (var round = 0; round < Rounds; round++)
        {
            var line = Any(random);
            var total = LineMath.Total(line).Amount;

            Assert.Equal(decimal.Round(total, 2), total);
            Assert.InRange(total, 0, decimal.MaxValue);
            var (terms, share) = (line.Period is null or RecurringPeriod.Once ? 1 : line.Term, 1 - (line.DiscountPercent ?? 0) / 100m);
            var exact = line.Quantity * line.ListPrice!.Amount * terms * share - (line.DiscountAmount ?? 0);
            Assert.InRange(Math.Abs(Math.Max(0, exact) - total), 0, 0.005m);
            Assert.True(LineMath.Total(line with { DiscountPercent = null, DiscountAmount = null }).Amount >= total);
            Assert.True(LineMath.Total(line with { Quantity = line.Quantity * 2 }).Amount >= total);
        }
    }

    [Fact]
    public void Amounts_without_cents_have_none()
    {
        Assert.Equal(33, LineMath.Total(new DealLine { Quantity = 1, ListPrice = new Money(33.4m, "JPY") }).Amount);
        Assert.Equal(33.457m, LineMath.Total(new DealLine { Quantity = 1, ListPrice = new Money(33.4567m, "KWD") }).Amount);
        Assert.Null(LineMath.Total([]));
    }

    private static DealLine Any(Random random) => new()
    {
        Quantity = random.Next(1, 100_000) / 100m,
        ListPrice = new Money(random.Next(0, 10_000_000) / 1000m, "EUR"),
        DiscountPercent = random.Next(3) == 0 ? random.Next(0, 10_001) / 100m : null,
        DiscountAmount = null,
        Period = random.Next(5) is var p && p < 4 ? (RecurringPeriod)p : null,
        Term = random.Next(1, 61),
        Position = random.Next(),
    };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
