using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>A company we deal with.</summary>
public sealed record Account : Record
{
    /// <summary>What the company is called.</summary>
    [Required, StringLength(200)]
    public string Name { get; init; } = "";

    /// <summary>Its web domain: <c>example.com</c>.</summary>
    [StringLength(253), RegularExpression(@"[a-z0-9]([a-z0-9-]*\.)+[a-z]{2,}", ErrorMessage = "A domain looks like example.com.")]
    public string? Domain { get; init; }

    /// <summary>What it does.</summary>
    [StringLength(100)]
    public string? Industry { get; init; }

    /// <summary>How many people work there.</summary>
    [Range(0, 10_000_000)]
    public int? Employees { get; init; }
}
