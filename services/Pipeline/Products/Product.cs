using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Products;

/// <summary>Something we sell.</summary>
public sealed record Product : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(200), Searched(2)]
    [Example("Difference engine")]
    public string Name { get; init; } = "";

    /// <summary>Its number with us, given once.</summary>
    [StringLength(100), Searched(2)]
    [Example("DE-2"), Label("SKU")]
    public string? Sku { get; init; }

    /// <summary>What it belongs with.</summary>
    [StringLength(100), Searched]
    [Example("Engines")]
    public string? Family { get; init; }

    /// <summary>What it is counted in: <c>hour</c>, <c>seat</c>, <c>kg</c>.</summary>
    [StringLength(30)]
    public string? Unit { get; init; }

    /// <summary>What there is to know about it.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000), Searched]
    public string? Description { get; init; }

    /// <summary>How it is taxed: <c>standard</c>, <c>reduced</c>, <c>none</c>.</summary>
    [StringLength(50)]
    public string? TaxClass { get; init; }

    /// <summary>How often it is paid for.</summary>
    public RecurringPeriod Period { get; init; }

    /// <summary>What one costs us.</summary>
    public Money? Cost { get; init; }

    /// <summary>Whether it is sold no longer; where it was sold it stays.</summary>
    public bool Retired { get; init; }

    /// <summary>What stands in deals is retired, never deleted.</summary>
    public static async ValueTask<Product> Rule(Session session, Product? before, Product after)
    {
        if (before is { DeletedAt: null } && after.DeletedAt is not null)
        {
            var used = await session.Query<int>(
                "select 1 from deal where tenant = @tenant and lines @> jsonb_build_array(jsonb_build_object('productId', @Id)) limit 1", new { after.Id });
            if (used.Count > 0)
                throw new Refusal(409, "in_use", "Deals are about this product: retire it instead.");
        }
        return after;
    }
}

/// <summary>How often something is paid for.</summary>
public enum RecurringPeriod
{
    /// <summary>Once.</summary>
    Once,

    /// <summary>Every month.</summary>
    Month,

    /// <summary>Every three months.</summary>
    Quarter,

    /// <summary>Every year.</summary>
    Year,
}
