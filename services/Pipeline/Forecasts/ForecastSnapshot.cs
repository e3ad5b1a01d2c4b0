using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>
/// What a forecast said on a day, to be compared with: the head of it. What it said of everybody is kept beside, and shown to each as far as they see the
/// deals it comes from.
/// </summary>
[PartOfModel]
public sealed record ForecastSnapshot : Record
{
    /// <summary>The month or quarter.</summary>
    [SetBySlices, Required, StringLength(7)]
    public string Period { get; init; } = "";

    /// <summary>The day.</summary>
    [SetBySlices, Required]
    public DateOnly? TakenOn { get; init; }

    /// <summary>The currency it is in.</summary>
    [SetBySlices, StringLength(3)]
    public string Currency { get; init; } = "";

    /// <summary>What was said stays as it was said; who shapes the data model may throw it away.</summary>
    public static async ValueTask<ForecastSnapshot> Rule(Session session, ForecastSnapshot? before, ForecastSnapshot after)
    {
        if (before is not null)
            await session.Demand(Privilege.DataModel);
        return after;
    }
}
