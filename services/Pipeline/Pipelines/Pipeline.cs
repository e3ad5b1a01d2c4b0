using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>A way deals go, from stage to stage. Everybody sees it; who shapes the data model shapes it.</summary>
[PartOfModel]
public sealed record Pipeline : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched(2)]
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    [Kind(FieldKind.LongText), StringLength(2000), Searched]
    public string? Description { get; init; }

    /// <summary>Where it stands among the others.</summary>
    [Range(0, 10_000)]
    public int Position { get; init; }

    /// <summary>Whether it is the one of deals for which none is named. The first is it, then the last that is marked.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether no deal comes into it any more; those in it stay.</summary>
    public bool Archived { get; init; }

    /// <summary>When forecasts are kept next: with the beginning of a week, by the default pipeline's clock.</summary>
    [SetBySlices]
    public DateTimeOffset? ForecastsKeptAt { get; init; }

    /// <summary>
    /// Which moves are allowed, and to whom. Where none is said, deals move freely between open stages and from those into won and lost ones.
    /// </summary>
    [MaxItems(500)]
    public IReadOnlyList<StageMove> Moves { get; init; } = [];
}

/// <summary>A move that is allowed.</summary>
public sealed record StageMove
{
    /// <summary>The stage it leads from; any open one where none is named.</summary>
    public Guid? From { get; init; }

    /// <summary>The stage it leads to; any where none is named.</summary>
    public Guid? To { get; init; }

    /// <summary>Who may: the names of roles; everybody where none is named.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
