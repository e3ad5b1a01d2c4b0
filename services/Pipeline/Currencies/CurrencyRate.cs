using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>What a currency is worth in the reporting currency from a day on. Deals keep the rate they were converted at until they are revalued.</summary>
[PartOfModel]
public sealed record CurrencyRate : Record
{
    /// <summary>The currency.</summary>
    [Required, RegularExpression("[A-Z]{3}", ErrorMessage = "A currency is three capital letters: USD.")]
    [Example("USD")]
    public string Currency { get; init; } = "";

    /// <summary>The first day it counts.</summary>
    [Required]
    [Example("2026-01-01")]
    public DateOnly? ValidFrom { get; init; }

    /// <summary>How much of the reporting currency one is worth.</summary>
    [Range(typeof(decimal), "0.0000000001", "1000000000", ParseLimitsInInvariantCulture = true)]
    [Example("0.92")]
    public decimal Rate { get; init; }

    /// <summary>Whose currency is worth what, those say who shape the data model.</summary>
    public static async ValueTask<CurrencyRate> Rule(Session session, CurrencyRate? before, CurrencyRate after)
    {
        await session.Demand(Privilege.DataModel);
        if (after.Currency == await PipelineSettings.CurrencyOf(session))
            throw Refusal.Invalid("currency", $"{after.Currency} is the reporting currency: one of it is worth one.");
        return after;
    }
}
