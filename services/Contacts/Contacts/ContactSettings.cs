using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>How a tenant wants people and companies to be entered. There is one of it; where there is none, the usual holds.</summary>
[PartOfModel]
public sealed record ContactSettings : Record
{
    /// <summary>The country phone numbers without a country code belong to, as two letters: <c>DE</c>.</summary>
    [RegularExpression("[A-Z]{2}", ErrorMessage = "A country is two capital letters: DE.")]
    public string? Country { get; init; }

    /// <summary>What happens when a person is entered who seems to be there already; usually <c>warn</c>.</summary>
    public OnDuplicate? DuplicateContacts { get; init; }

    /// <summary>What happens when a company is entered that seems to be there already; usually <c>warn</c>.</summary>
    public OnDuplicate? DuplicateAccounts { get; init; }

    /// <summary>The country of the tenant's phone numbers.</summary>
    internal static async Task<string?> CountryOf(Session session)
    {
        var known = await session.List<ContactSettings>("deleted_at is null", new { });
        return known is [var settings] ? settings.Country : null;
    }
}

/// <summary>What happens when something is entered that seems to be there already.</summary>
public enum OnDuplicate
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>It is entered, and the answer names those it resembles.</summary>
    Warn,

    /// <summary>It is refused, unless the writer says that it is meant.</summary>
    Ask,

    /// <summary>It is refused.</summary>
    Block,
}
