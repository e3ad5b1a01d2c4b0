using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Currencies;

/// <summary>How a tenant reckons with deals. There is one of it; where there is none, the usual holds.</summary>
[PartOfModel]
public sealed record PipelineSettings : Record
{
    private const string Usual = "EUR";
    private const string Place = "pipelineSettings";

    /// <summary>The currency everything is converted to; the company's where nothing is said.</summary>
    [RegularExpression("[A-Z]{3}", ErrorMessage = "A currency is three capital letters: EUR.")]
    public string? ReportingCurrency { get; init; }

    /// <summary>Why deals are won, in the words agreed on; any words where none are.</summary>
    [MaxItems(100), ItemLength(200)]
    public string[] WinReasons { get; init; } = [];

    /// <summary>Why deals are lost, in the words agreed on; any words where none are.</summary>
    [MaxItems(100), ItemLength(200)]
    public string[] LossReasons { get; init; } = [];

    /// <summary>The month the year of forecasts and quotas begins with.</summary>
    [Range(1, 12)]
    public int? YearBegins { get; init; }

    /// <summary>Those decide it who shape the data model.</summary>
    public static async ValueTask<PipelineSettings> Rule(Session session, PipelineSettings? before, PipelineSettings after)
    {
        await session.Demand(Privilege.DataModel);
        session.Known.Remove(Place);
        return after;
    }

    /// <summary>The tenant's settings, read once in a session.</summary>
    internal static async ValueTask<PipelineSettings> Of(Session session)
    {
        if (session.Known.TryGetValue(Place, out var known))
            return (PipelineSettings)known;
        var settings = (await session.List<PipelineSettings>("deleted_at is null", new { })).FirstOrDefault() ?? new PipelineSettings();
        if (settings.ReportingCurrency is null)
            settings = settings with { ReportingCurrency = await OfCompany(session) };
        session.Known[Place] = settings;
        return settings;
    }

    /// <summary>The reporting currency.</summary>
    internal static async ValueTask<string> CurrencyOf(Session session) => (await Of(session)).ReportingCurrency ?? Usual;

    private static async Task<string> OfCompany(Session session) => (await session.Query<Company>(
        """
        select fields ->> 'currency' as "Currency" from copy where tenant = @tenant and record = 'identity.company' and id = @tenant
        """)).FirstOrDefault()?.Currency ?? Usual;

    private sealed record Company(string? Currency);
}
