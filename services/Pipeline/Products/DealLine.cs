using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Products;

/// <summary>A product that a deal is about: how many, at what price, for how long. A part of its deal: one save, one version, one undo.</summary>
public sealed record DealLine
{
    /// <summary>What is sold; nothing of ours where only a name is said.</summary>
    public Guid? ProductId { get; init; }

    /// <summary>What it is called; as the product is where nothing is said.</summary>
    [StringLength(200)]
    public string? Name { get; init; }

    /// <summary>How many.</summary>
    [Range(typeof(decimal), "0.0001", "1000000000", ParseLimitsInInvariantCulture = true)]
    public decimal Quantity { get; init; } = 1;

    /// <summary>What one costs for one period; as the deal's price book says where nothing is said.</summary>
    public Money? ListPrice { get; init; }

    /// <summary>What is taken off, in percent.</summary>
    [Range(typeof(decimal), "0", "100", ParseLimitsInInvariantCulture = true)]
    public decimal? DiscountPercent { get; init; }

    /// <summary>What is taken off the whole line, in the currency of its price.</summary>
    [Range(typeof(decimal), "0", "1000000000000", ParseLimitsInInvariantCulture = true)]
    public decimal? DiscountAmount { get; init; }

    /// <summary>How it is taxed; as the product is where nothing is said.</summary>
    [StringLength(50)]
    public string? TaxClass { get; init; }

    /// <summary>How often it is paid for; as the product is where nothing is said.</summary>
    public RecurringPeriod? Period { get; init; }

    /// <summary>How many periods they sign for.</summary>
    [Range(1, 1200)]
    public int Term { get; init; } = 1;

    /// <summary>Where it stands among the others.</summary>
    public int Position { get; init; }

    /// <summary>What it comes to.</summary>
    public Money? Total { get; init; }
}
