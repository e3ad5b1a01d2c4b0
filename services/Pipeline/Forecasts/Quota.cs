using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Pipeline.Currencies;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What somebody, or a team, is to sell in a period.</summary>
public sealed record Quota : Record
{
    /// <summary>The month or quarter.</summary>
    [Required, RegularExpression(Forecasts.Period.Form, ErrorMessage = "A period is a month like 2026-07 or a quarter like 2026-Q3."), SetWhenEntered]
    [Example("2026-Q3")]
    public string Period { get; init; } = "";

    /// <summary>Who is to sell it.</summary>
    [Refers("user"), SetWhenEntered]
    [Example("user")]
    public Guid? ForUserId { get; init; }

    /// <summary>The team that is to sell it; without one of its own a team has what its people have together.</summary>
    [Refers("team"), SetWhenEntered]
    public Guid? ForTeamId { get; init; }

    /// <summary>How much, in the reporting currency.</summary>
    [Required]
    public Money? Amount { get; init; }

    /// <summary>A quota is somebody's or a team's, who see it as theirs, and in the currency everything is reckoned in.</summary>
    public static async ValueTask<Quota> Rule(Session session, Quota? before, Quota after)
    {
        if (before is null && after.ForUserId is null == after.ForTeamId is null)
            throw Refusal.Invalid("forUserId", "A quota is for somebody or for a team.");
        var currency = await PipelineSettings.CurrencyOf(session);
        if (after.Amount is { } amount && (amount.Amount <= 0 || amount.Currency != currency))
            throw Refusal.Invalid("amount", $"A quota is more than nothing, in {currency}.");
        return before is null ? after with { OwnerId = after.ForUserId, TeamId = after.ForTeamId ?? after.TeamId } : after;
    }
}
