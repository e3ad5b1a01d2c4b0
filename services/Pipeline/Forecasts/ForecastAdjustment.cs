using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What a manager expects beside what the deals say, and why. It stands beside their sum; no deal is changed by it.</summary>
public sealed record ForecastAdjustment : Record
{
    /// <summary>The month or quarter.</summary>
    [Required, RegularExpression(Forecasts.Period.Form, ErrorMessage = "A period is a month like 2026-07 or a quarter like 2026-Q3."), SetWhenEntered]
    [Example("2026-Q3")]
    public string Period { get; init; } = "";

    /// <summary>Whose forecast is adjusted.</summary>
    [Refers("user"), SetWhenEntered]
    [Example("user")]
    public Guid? ForUserId { get; init; }

    /// <summary>The team whose forecast is adjusted.</summary>
    [Refers("team"), SetWhenEntered]
    public Guid? ForTeamId { get; init; }

    /// <summary>Of which category.</summary>
    public ForecastCategory Category { get; init; } = ForecastCategory.Commit;

    /// <summary>By how much, up or down, in the reporting currency.</summary>
    [Required]
    public Money? Amount { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(1000)]
    public string Note { get; init; } = "";

    /// <summary>It is about somebody or a team; what has come needs no guess.</summary>
    public static async ValueTask<ForecastAdjustment> Rule(Session session, ForecastAdjustment? before, ForecastAdjustment after)
    {
        if (before is null && after.ForUserId is null == after.ForTeamId is null)
            throw Refusal.Invalid("forUserId", "An adjustment is of somebody's forecast or of a team's.");
        if (after.Category is ForecastCategory.Closed or ForecastCategory.Omitted)
            throw Refusal.Invalid("category", "What is adjusted is pipeline, bestCase or commit.");
        var currency = await PipelineSettings.CurrencyOf(session);
        if (after.Amount is { } amount && amount.Currency != currency)
            throw Refusal.Invalid("amount", $"Forecasts are in {currency}.");
        return after;
    }
}
