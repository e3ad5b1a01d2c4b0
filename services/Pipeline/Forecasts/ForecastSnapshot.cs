using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Currencies;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>
/// What a forecast says on a day, to be compared with later: entering one keeps it. There is one of a period and day. What it says of everybody is kept
/// beside it, and shown to each as far as they see the deals it comes from.
/// </summary>
public sealed record ForecastSnapshot : Record
{
    /// <summary>The month or quarter.</summary>
    [Required, RegularExpression(Forecasts.Period.Form, ErrorMessage = "A period is a month like 2026-07 or a quarter like 2026-Q3."), SetWhenEntered]
    [Example("2026-07")]
    public string Period { get; init; } = "";

    /// <summary>The day.</summary>
    [SetBySlices]
    public DateOnly? TakenOn { get; init; }

    /// <summary>The currency it is in.</summary>
    [SetBySlices]
    public string? Currency { get; init; }

    /// <summary>Keeps what is said now.</summary>
    public static async ValueTask<ForecastSnapshot> Rule(Session session, ForecastSnapshot? before, ForecastSnapshot after)
    {
        if (before is not null)
            return after;
        var period = Forecasts.Period.Read(after.Period, (await PipelineSettings.Of(session)).YearBegins ?? 1);
        after = after with { TakenOn = DateOnly.FromDateTime(session.Now.UtcDateTime), Currency = await PipelineSettings.CurrencyOf(session) };
        await Credits.Keep(session, after, period);
        return after;
    }
}
