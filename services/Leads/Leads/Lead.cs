using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Leads;

/// <summary>Somebody who may want to buy: a person, a company, or both, before they are a contact of ours.</summary>
public sealed partial record Lead : Record
{
    /// <summary>How the person is addressed: <c>Dr.</c></summary>
    [StringLength(50)]
    public string? Salutation { get; init; }

    /// <summary>Given name.</summary>
    [StringLength(100)]
    [Example("Grace")]
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [StringLength(100)]
    [Example("Hopper")]
    public string? LastName { get; init; }

    /// <summary>The name to call it by: the person's, the company's, or where it can be reached.</summary>
    [Derived(nameof(FirstName), nameof(LastName), nameof(Company), nameof(Emails), nameof(Phones)), Searched(4), Label("Name")]
    public string DisplayName => string.Join(' ', new[] { FirstName, LastName }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } name
        ? name : Company ?? Email ?? Phone ?? "";

    /// <summary>The main e-mail address. Setting it replaces the main one of the list, or makes one there the main one.</summary>
    [Derived(nameof(Emails)), Email, StringLength(254)]
    [Example("grace@compilers.example")]
    public string? Email
    {
        get => Primary.Of(Emails)?.Address;
        init => Emails = Primary.Set(
            Emails, value is null ? null : new TypedEmail { Address = value }, (a, b) => a.Address.Equals(b.Address, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All e-mail addresses; exactly one is the main one.</summary>
    [MaxItems(50), Searched(3)]
    public IReadOnlyList<TypedEmail> Emails { get; init; } = [];

    /// <summary>The main phone number, international: <c>+4930123456</c>. Setting it is like setting the main e-mail address.</summary>
    [Derived(nameof(Phones)), PhoneNumber]
    public string? Phone
    {
        get => Primary.Of(Phones)?.Number;
        init => Phones = Primary.Set(Phones, value is null ? null : new TypedPhone { Number = value }, (a, b) => a.Number == b.Number);
    }

    /// <summary>All phone numbers; exactly one is the main one.</summary>
    [MaxItems(50), Searched(2)]
    public IReadOnlyList<TypedPhone> Phones { get; init; } = [];

    /// <summary>Where they are.</summary>
    public Address? Address { get; init; }

    /// <summary>What the person does there.</summary>
    [StringLength(200), Searched]
    [Example("Director")]
    public string? JobTitle { get; init; }

    /// <summary>The company, as they call it.</summary>
    [StringLength(200), Searched(3)]
    [Example("Compilers")]
    public string? Company { get; init; }

    /// <summary>The company's page on the web.</summary>
    [WebAddress]
    public string? Website { get; init; }

    /// <summary>What the company does.</summary>
    [StringLength(100)]
    public string? Industry { get; init; }

    /// <summary>How many people work there.</summary>
    [Range(0, 10_000_000)]
    public int? Employees { get; init; }

    /// <summary>The language to write in: <c>de</c>, <c>pt-BR</c>.</summary>
    [RegularExpression("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", ErrorMessage = "A language looks like de or pt-BR.")]
    public string? Language { get; init; }

    /// <summary>What else there is to know.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000)]
    public string? Description { get; init; }

    /// <summary>How they came to us: <c>fair</c>, <c>website</c>.</summary>
    [StringLength(100)]
    [Example("fair")]
    public string? Source { get; init; }

    /// <summary>The campaign that brought them.</summary>
    [Refers("campaigns.campaign")]
    public Guid? CampaignId { get; init; }

    /// <summary>The site that brought them, as its link said (<c>utm_source</c>).</summary>
    [StringLength(200), Label("UTM source")]
    public string? UtmSource { get; init; }

    /// <summary>The kind of link that brought them (<c>utm_medium</c>).</summary>
    [StringLength(200), Label("UTM medium")]
    public string? UtmMedium { get; init; }

    /// <summary>The campaign the link named (<c>utm_campaign</c>).</summary>
    [StringLength(200), Label("UTM campaign")]
    public string? UtmCampaign { get; init; }

    /// <summary>The words they searched for (<c>utm_term</c>).</summary>
    [StringLength(200), Label("UTM term")]
    public string? UtmTerm { get; init; }

    /// <summary>Which of several links it was (<c>utm_content</c>).</summary>
    [StringLength(200), Label("UTM content")]
    public string? UtmContent { get; init; }

    /// <summary>The page they came from.</summary>
    [StringLength(2000)]
    public string? Referrer { get; init; }

    /// <summary>The form they filled in.</summary>
    [Refers("form")]
    public Guid? FormId { get; init; }

    /// <summary>What it may be worth.</summary>
    [Label("Estimated amount")]
    public Money? EstimatedAmount { get; init; }

    /// <summary>What they are interested in.</summary>
    [MaxItems(50), ItemLength(200), Label("Products of interest")]
    public string[] ProductsOfInterest { get; init; } = [];

    /// <summary>The part of our market they belong to.</summary>
    [StringLength(100)]
    public string? Territory { get; init; }

    /// <summary>What they can spend.</summary>
    public Money? Budget { get; init; }

    /// <summary>What they have to say in it.</summary>
    public Authority? Authority { get; init; }

    /// <summary>What they need.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Need { get; init; }

    /// <summary>Until when they want it.</summary>
    public Timeline? Timeline { get; init; }

    /// <summary>How much of budget, authority, need and timeline is known, 0 to 4.</summary>
    [Derived(nameof(Budget), nameof(Authority), nameof(Need), nameof(Timeline)), Label("BANT")]
    public int Bant => new object?[] { Budget, Authority, Need, Timeline }.Count(known => known is not null);
}
