using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Products;

/// <summary>Prices in one currency, for customers of one tier or for all.</summary>
public sealed record PriceBook : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>The currency of its prices.</summary>
    [Required, RegularExpression("[A-Z]{3}", ErrorMessage = "A currency is three capital letters: EUR."), SetWhenEntered]
    public string Currency { get; init; } = "";

    /// <summary>For whom: <c>gold</c>, <c>partner</c>; for everybody where nothing is said.</summary>
    [StringLength(50)]
    public string? Tier { get; init; }

    /// <summary>Whether nothing is sold by it any more.</summary>
    public bool Archived { get; init; }
}
