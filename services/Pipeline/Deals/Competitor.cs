using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Somebody who sells what we sell, and how to win against them.</summary>
public sealed record Competitor : Record
{
    /// <summary>What they are called.</summary>
    [Required, StringLength(200), Searched(2)]
    public string Name { get; init; } = "";

    /// <summary>Their page on the web.</summary>
    [WebAddress]
    public string? Website { get; init; }

    /// <summary>What they are good at.</summary>
    [Kind(FieldKind.LongText), StringLength(5000), Searched]
    public string? Strengths { get; init; }

    /// <summary>What they are not good at.</summary>
    [Kind(FieldKind.LongText), StringLength(5000), Searched]
    public string? Weaknesses { get; init; }

    /// <summary>What to say when they are named.</summary>
    [Kind(FieldKind.LongText), StringLength(10_000), Searched]
    public string? BattleCard { get; init; }
}
