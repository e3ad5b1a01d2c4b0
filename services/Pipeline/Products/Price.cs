using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Products;

/// <summary>What a product costs by a price book, for each period it is paid for.</summary>
public sealed record Price : Record
{
    /// <summary>The product.</summary>
    [Required, Refers("product")]
    public Guid? ProductId { get; init; }

    /// <summary>The price book, which says the currency.</summary>
    [Required, Refers("priceBook")]
    public Guid? PriceBookId { get; init; }

    /// <summary>What one costs.</summary>
    [Range(typeof(decimal), "0", "1000000000000", ParseLimitsInInvariantCulture = true)]
    public decimal Amount { get; init; }

    /// <summary>How often that is paid; as often as the product says where nothing is said.</summary>
    public RecurringPeriod? Period { get; init; }
}
