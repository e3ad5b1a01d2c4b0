using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Records.Views;

/// <summary>How somebody likes to look at records of a type: which of them, in what order, with which fields.</summary>
[PartOfModel]
public sealed record View : Record
{
    /// <summary>The record type: <c>contact</c>.</summary>
    [Required, StringLength(50), SetBySlices]
    public string Record { get; init; } = "";

    /// <summary>What it is called.</summary>
    [Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>Whose it is: the id of the actor who keeps it.</summary>
    [Required, StringLength(200), SetBySlices]
    public string Person { get; init; } = "";

    /// <summary>Which records, in the language of filters; all where nothing is said. Kept in its canonical form.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000)]
    public string? Filter { get; init; }

    /// <summary>In what order: <c>-createdAt</c>.</summary>
    [StringLength(1000)]
    public string? Sort { get; init; }

    /// <summary>The fields to show, in order; a custom one as <c>custom.size</c>.</summary>
    [MaxItems(200), ItemLength(100)]
    public string[] Columns { get; init; } = [];

    /// <summary>Who sees it.</summary>
    public ViewScope Scope { get; init; }

    /// <summary>Whether it is the one to begin with: at most one of those for all, and one of each person's own.</summary>
    public bool Default { get; init; }

    /// <summary>Whether it is always in sight.</summary>
    public bool Pinned { get; init; }

    /// <summary>Its place among the others.</summary>
    public int? Position { get; init; }

    /// <summary>The name of its picture.</summary>
    [StringLength(50)]
    public string? Icon { get; init; }
}

/// <summary>Who sees a view.</summary>
public enum ViewScope
{
    /// <summary>The person who keeps it.</summary>
    Private,

    /// <summary>The team it belongs to.</summary>
    Team,

    /// <summary>Everybody who sees the records.</summary>
    Public,
}
