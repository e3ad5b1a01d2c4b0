using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Somebody else who is asked in a deal.</summary>
public sealed record DealCompetitor : Record, IPartOfDeal
{
    /// <summary>The deal.</summary>
    [Required, Refers("deal"), SetWhenEntered]
    public Guid? DealId { get; init; }

    /// <summary>Who.</summary>
    [Required, Refers("competitor")]
    public Guid? CompetitorId { get; init; }

    /// <summary>How they stand, and what they offer.</summary>
    [StringLength(2000)]
    public string? Note { get; init; }

    /// <summary>Whether the deal went to them.</summary>
    public bool HasWon { get; init; }

    /// <summary>They belong to whom the deal belongs to.</summary>
    public static async ValueTask<DealCompetitor> Rule(Session session, DealCompetitor? before, DealCompetitor after) =>
        PartsOfDeal.Of(before, after, await PartsOfDeal.Deal(session, after.DealId));
}
