using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrmPlatform.Contacts.Duplicates;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Accounts;

/// <summary>A company we deal with.</summary>
public sealed record Account : Record
{
    /// <summary>What the company is called.</summary>
    [Required, StringLength(200), Searched(4)]
    [Example("Analytical Engines")]
    public string Name { get; init; } = "";

    /// <summary>What it is called in the register.</summary>
    [StringLength(300), Searched(3)]
    public string? LegalName { get; init; }

    /// <summary>What it is in law: <c>GmbH</c>, <c>Inc.</c></summary>
    [StringLength(50)]
    public string? LegalType { get; init; }

    /// <summary>What it is to us.</summary>
    public AccountType? Type { get; init; }

    /// <summary>Whether we deal with it.</summary>
    public AccountStatus? Status { get; init; }

    /// <summary>How much it matters to us, in our own words: <c>A</c>, <c>gold</c>.</summary>
    [StringLength(30)]
    public string? Tier { get; init; }

    /// <summary>Its page on the web.</summary>
    [WebAddress]
    [Example("https://engines.example")]
    public string? Website { get; init; }

    /// <summary>Its main web domain: <c>example.com</c>. Setting it replaces the first of the list.</summary>
    [Derived(nameof(Domains)), WebDomain]
    public string? Domain
    {
        get => Domains is [var first, ..] ? first : null;
        init => Domains = [.. value is null ? [] : (string[])[value], .. Domains.Skip(1).Where(d => d != value)];
    }

    /// <summary>All its web domains, the main one first.</summary>
    [MaxItems(50), WebDomain, Searched(2)]
    public string[] Domains { get; init; } = [];

    /// <summary>What it does.</summary>
    [StringLength(100)]
    [Example("Machinery")]
    public string? Industry { get; init; }

    /// <summary>What it does, in the Standard Industrial Classification.</summary>
    [RegularExpression("[0-9]{2,8}", ErrorMessage = "A SIC code has two to eight digits."), Label("SIC")]
    public string? Sic { get; init; }

    /// <summary>What it does, in the North American Industry Classification System.</summary>
    [RegularExpression("[0-9]{2,6}", ErrorMessage = "A NAICS code has two to six digits."), Label("NAICS")]
    public string? Naics { get; init; }

    /// <summary>How many people work there.</summary>
    [Range(0, 10_000_000)]
    [Example("250")]
    public int? Employees { get; init; }

    /// <summary>What it takes in within a year.</summary>
    [Example("{\"amount\": \"1250000.00\", \"currency\": \"EUR\"}")]
    public Money? Revenue { get; init; }

    /// <summary>Its number at the tax office.</summary>
    [StringLength(50)]
    public string? TaxId { get; init; }

    /// <summary>Its number for value added tax.</summary>
    [RegularExpression("[A-Z]{2}[A-Z0-9+*.]{2,13}", ErrorMessage = "A VAT id looks like DE123456789."), Label("VAT id")]
    public string? VatId { get; init; }

    /// <summary>Its number in the register.</summary>
    [StringLength(100), Label("Registration number")]
    public string? RegistrationNo { get; init; }

    /// <summary>What else there is to know.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000)]
    public string? Description { get; init; }

    /// <summary>The company it belongs to.</summary>
    [Refers("account")]
    public Guid? ParentId { get; init; }

    /// <summary>The main e-mail address. Setting it replaces the main one of the list, or makes one there the main one.</summary>
    [Derived(nameof(Emails)), Email, StringLength(254)]
    public string? Email
    {
        get => Primary.Of(Emails)?.Address;
        init => Emails = Primary.Set(
            Emails, value is null ? null : new TypedEmail { Address = value },
            (a, b) => string.Equals(a.Address, b.Address, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All e-mail addresses; exactly one is the main one.</summary>
    [MaxItems(50), Searched(2)]
    public IReadOnlyList<TypedEmail> Emails { get; init; } = [];

    /// <summary>The main phone number, international. Setting it is like setting the main e-mail address.</summary>
    [Derived(nameof(Phones)), PhoneNumber]
    public string? Phone
    {
        get => Primary.Of(Phones)?.Number;
        init => Phones = Primary.Set(Phones, value is null ? null : new TypedPhone { Number = value }, (a, b) => a.Number == b.Number);
    }

    /// <summary>All phone numbers; exactly one is the main one.</summary>
    [MaxItems(50), Searched(2)]
    public IReadOnlyList<TypedPhone> Phones { get; init; } = [];

    /// <summary>Postal addresses: billing, shipping, offices.</summary>
    [MaxItems(100)]
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>The currency it is billed in.</summary>
    [RegularExpression("[A-Z]{3}", ErrorMessage = "A currency is three capital letters: EUR.")]
    public string? Currency { get; init; }

    /// <summary>When it pays: <c>30 days net</c>.</summary>
    [StringLength(100)]
    public string? PaymentTerms { get; init; }

    /// <summary>How much it may owe us.</summary>
    public Money? CreditLimit { get; init; }

    /// <summary>That this is meant, though the company seems to be there already.</summary>
    [Input, JsonIgnore]
    public bool? AllowDuplicate { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> RecognisedBy() => Keys.OfCompany(Domains, Name);
}

/// <summary>What a company is to us.</summary>
public enum AccountType
{
    /// <summary>Might buy.</summary>
    Prospect,

    /// <summary>Buys.</summary>
    Customer,

    /// <summary>Sells with us.</summary>
    Partner,

    /// <summary>Sells for us.</summary>
    Reseller,

    /// <summary>Owns a part of us.</summary>
    Investor,

    /// <summary>Sells to us.</summary>
    Vendor,

    /// <summary>Sells against us.</summary>
    Competitor,

    /// <summary>Has bought once.</summary>
    Former,
}

/// <summary>Whether we deal with a company.</summary>
public enum AccountStatus
{
    /// <summary>We do.</summary>
    Active,

    /// <summary>Not now.</summary>
    Inactive,

    /// <summary>It is no longer there.</summary>
    Closed,
}
