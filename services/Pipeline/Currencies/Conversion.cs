using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>
/// What a deal is worth in the reporting currency: at the rate of the day it is to close, or was closed. The rate stays with the deal; only another
/// currency or another day asks for another one, and <see cref="RevalueDeals"/>.
/// </summary>
internal static class Conversion
{
    private const decimal Most = 1_000_000_000_000_000;

    /// <summary>The deal with its converted amount; without one where there is no rate.</summary>
    public static async ValueTask<Deal> Applied(Session session, Deal? before, Deal after)
    {
        if (after.Amount is not { } amount)
            return after with { Rate = null, Converted = null };
        if (Math.Abs(amount.Amount) > Most)
            throw Refusal.Invalid("amount", "No deal comes to more than a million times a billion.");
        var reporting = await PipelineSettings.CurrencyOf(session);
        var rate = IsKept(session, before, after, reporting) ? after.Rate : await RateOf(session, amount.Currency, reporting, Day(session, after));
        return after with { Rate = rate, Converted = rate is { } known ? Minor.Round(new Money(amount.Amount * known, reporting)) : null };
    }

    private static bool IsKept(Session session, Deal? before, Deal after, string reporting) =>
        before is { Rate: not null } && after.Rate is not null
        && (after.Status == StageType.Won && before.Status == StageType.Won && after.Converted?.Currency == reporting
            || session.Cause.Actor.Door != RevalueDeals.Kind && before.Amount?.Currency == after.Amount?.Currency
                && before.ExpectedCloseOn == after.ExpectedCloseOn && before.ClosedOn == after.ClosedOn && after.Converted?.Currency == reporting);

    private static DateOnly Day(Session session, Deal deal) => deal.ClosedOn ?? deal.ExpectedCloseOn ?? DateOnly.FromDateTime(session.Now.UtcDateTime);

    private static async ValueTask<decimal?> RateOf(Session session, string currency, string reporting, DateOnly day)
    {
        if (currency == reporting)
            return 1;
        var key = $"rate {currency} {day:O}";
        if (session.Known.TryGetValue(key, out var known))
            return (decimal)known;
        var rates = await session.Query<decimal>(
            """
            select rate from currency_rate
            where tenant = @tenant and currency = @currency and valid_from <= @day and deleted_at is null order by valid_from desc limit 1
            """,
            new { currency, day });
        if (rates is not [var rate])
            return null;
        session.Known[key] = rate;
        return rate;
    }
}
