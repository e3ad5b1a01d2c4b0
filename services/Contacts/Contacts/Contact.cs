using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrmPlatform.Contacts.Duplicates;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>A person we know.</summary>
public sealed record Contact : Record
{
    /// <summary>How the person is addressed: <c>Dr.</c></summary>
    [StringLength(50)]
    public string? Salutation { get; init; }

    /// <summary>Given name.</summary>
    [StringLength(100)]
    [Example("Ada")]
    public string? FirstName { get; init; }

    /// <summary>Middle name or names.</summary>
    [StringLength(100)]
    public string? MiddleName { get; init; }

    /// <summary>Family name.</summary>
    [Required, StringLength(100)]
    [Example("Lovelace")]
    public string LastName { get; init; } = "";

    /// <summary>The whole name, as people say it.</summary>
    [Derived(nameof(FirstName), nameof(MiddleName), nameof(LastName)), Searched(4), Label("Name")]
    public string DisplayName => string.Join(' ', new[] { FirstName, MiddleName, LastName }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The main e-mail address. Setting it replaces the main one of the list, or makes one there the main one.</summary>
    [Derived(nameof(Emails)), Email, StringLength(254)]
    [Example("ada@engines.example")]
    public string? Email
    {
        get => Primary.Of(Emails)?.Address;
        init => Emails = Primary.Set(
            Emails, value is null ? null : new TypedEmail { Address = value },
            (a, b) => string.Equals(a.Address, b.Address, StringComparison.OrdinalIgnoreCase));
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

    /// <summary>Postal addresses.</summary>
    [MaxItems(20)]
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>Profiles on social networks.</summary>
    [MaxItems(20), Label("Social profiles")]
    public IReadOnlyList<SocialProfile> Social { get; init; } = [];

    /// <summary>What the person does there.</summary>
    [StringLength(200), Searched]
    [Example("Head of Analysis")]
    public string? JobTitle { get; init; }

    /// <summary>The part of the company the person works in.</summary>
    [StringLength(100)]
    public string? Department { get; init; }

    /// <summary>What the person is to us, in our own words.</summary>
    [StringLength(100)]
    public string? Role { get; init; }

    /// <summary>The part the person plays when the company buys.</summary>
    public BuyingRole? BuyingRole { get; init; }

    /// <summary>The company the person works for now; others, and those before, are <see cref="AccountContact"/>s.</summary>
    [Refers("account"), Searched]
    public Guid? AccountId { get; init; }

    /// <summary>The name of the company the person works for, instead of its id: it is found by it, or entered.</summary>
    [Input(nameof(AccountId)), JsonIgnore, StringLength(200)]
    public string? AccountName { get; init; }

    /// <summary>Whom the person reports to.</summary>
    [Refers("contact")]
    public Guid? ReportsToId { get; init; }

    /// <summary>Day of birth.</summary>
    [Sensitive]
    public DateOnly? Birthday { get; init; }

    /// <summary>The language to write in: <c>de</c>, <c>pt-BR</c>.</summary>
    [RegularExpression("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", ErrorMessage = "A language looks like de or pt-BR.")]
    [Example("en")]
    public string? Language { get; init; }

    /// <summary>The time zone to call in: <c>Europe/Berlin</c>.</summary>
    [ZoneName]
    public string? TimeZone { get; init; }

    /// <summary>A picture of the person.</summary>
    [WebAddress, Label("Photo")]
    public string? PhotoUrl { get; init; }

    /// <summary>What else there is to know.</summary>
    [Kind(FieldKind.LongText), StringLength(20_000)]
    public string? Description { get; init; }

    /// <summary>How far the person has come with us. An import or a merge never takes it back.</summary>
    public LifecycleStage? LifecycleStage { get; init; }

    /// <summary>When each stage was reached last.</summary>
    [SetBySlices(nameof(LifecycleStage))]
    public IReadOnlyList<StageReached> StagesReached { get; init; } = [];

    /// <summary>How well the person fits what we sell, 0 to 100.</summary>
    [SetBySlices, Range(0, 100)]
    public int? FitScore { get; init; }

    /// <summary>How much the person deals with us, 0 to 100.</summary>
    [SetBySlices, Range(0, 100)]
    public int? EngagementScore { get; init; }

    /// <summary>How we came to know the person: <c>fair</c>, <c>website</c>.</summary>
    [StringLength(100)]
    public string? Source { get; init; }

    /// <summary>The lead the person was before.</summary>
    [Refers("leads.lead")]
    public Guid? OriginalLeadId { get; init; }

    /// <summary>The campaign that brought the person to us.</summary>
    [Refers("campaigns.campaign")]
    public Guid? CampaignId { get; init; }

    /// <summary>When we were last in touch.</summary>
    [SetBySlices]
    public DateTimeOffset? LastActivityAt { get; init; }

    /// <summary>When we mean to be in touch next.</summary>
    [SetBySlices]
    public DateTimeOffset? NextActivityAt { get; init; }

    /// <summary>That this is meant, though the person seems to be there already.</summary>
    [Input, JsonIgnore]
    public bool? AllowDuplicate { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> RecognisedBy() => Keys.OfPerson(Emails, Phones, DisplayName, AccountId);
}

/// <summary>The part somebody plays when a company buys.</summary>
public enum BuyingRole
{
    /// <summary>Decides.</summary>
    DecisionMaker,

    /// <summary>Pays.</summary>
    EconomicBuyer,

    /// <summary>Speaks for us.</summary>
    Champion,

    /// <summary>Examines what is offered.</summary>
    Evaluator,

    /// <summary>Is listened to.</summary>
    Influencer,

    /// <summary>Will use it.</summary>
    User,

    /// <summary>Lets others through, or not.</summary>
    Gatekeeper,

    /// <summary>Is against it.</summary>
    Blocker,
}
