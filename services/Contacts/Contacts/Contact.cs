using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>A person we know.</summary>
public sealed record Contact : Record
{
    /// <summary>Given name.</summary>
    [StringLength(100)]
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Required, StringLength(100)]
    public string LastName { get; init; } = "";

    /// <summary>Main e-mail address.</summary>
    [EmailAddress, StringLength(254)]
    public string? Email { get; init; }

    /// <summary>Main phone number, international: <c>+4930123456</c>.</summary>
    [RegularExpression(@"\+[1-9]\d{6,14}", ErrorMessage = "A phone number looks like +4930123456.")]
    public string? Phone { get; init; }

    /// <summary>What the person does there.</summary>
    [StringLength(200)]
    public string? JobTitle { get; init; }

    /// <summary>The company the person works for.</summary>
    [Refers("account")]
    public Guid? AccountId { get; init; }
}
