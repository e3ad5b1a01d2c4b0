namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What is expected of somebody or a team in a period, in the reporting currency. Categories are not summed up: each is what is in it.</summary>
/// <param name="Pipeline">What may come.</param>
/// <param name="BestCase">What comes if all goes well.</param>
/// <param name="Commit">What will come.</param>
/// <param name="Closed">What has come.</param>
/// <param name="Weighted">How much of what is open may be counted on.</param>
/// <param name="Deals">How many deals it comes from.</param>
public sealed record Expectation(decimal Pipeline, decimal BestCase, decimal Commit, decimal Closed, decimal Weighted, long Deals)
{
    /// <summary>Nothing.</summary>
    public static Expectation None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>All that is open.</summary>
    public decimal Open => Pipeline + BestCase + Commit;

    /// <summary>Both.</summary>
    public static Expectation operator +(Expectation a, Expectation b) => new(
        a.Pipeline + b.Pipeline, a.BestCase + b.BestCase, a.Commit + b.Commit, a.Closed + b.Closed, a.Weighted + b.Weighted, a.Deals + b.Deals);

    /// <summary>What one has that the other has not.</summary>
    public static Expectation operator -(Expectation a, Expectation b) => new(
        a.Pipeline - b.Pipeline, a.BestCase - b.BestCase, a.Commit - b.Commit, a.Closed - b.Closed, a.Weighted - b.Weighted, a.Deals - b.Deals);

    /// <summary>The same in whole cents.</summary>
    public Expectation Rounded() => new(Cents(Pipeline), Cents(BestCase), Cents(Commit), Cents(Closed), Cents(Weighted), Deals);

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
