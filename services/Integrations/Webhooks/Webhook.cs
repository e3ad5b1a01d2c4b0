using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>Whether deliveries keep an order.</summary>
public enum WebhookOrder
{
    /// <summary>Each goes when it can.</summary>
    None,

    /// <summary>Those of one record go one after the other; one that is not taken holds up this record and no other.</summary>
    Record,
}

/// <summary>How much is said.</summary>
public enum WebhookPayload
{
    /// <summary>What changed, and the record as it is then.</summary>
    Full,

    /// <summary>What happened to which record, and nothing of what it says.</summary>
    Thin,
}

/// <summary>In which form it is said.</summary>
public enum WebhookFormat
{
    /// <summary>As Standard Webhooks wants it, for programs: signed.</summary>
    Standard,

    /// <summary>A message to people, as Slack's incoming webhooks and those like them take it.</summary>
    Slack,

    /// <summary>A message to people, as the incoming webhooks of Microsoft Teams take it.</summary>
    Teams,
}

/// <summary>Whether something is sent.</summary>
public enum WebhookState
{
    /// <summary>What happens is delivered.</summary>
    Active,

    /// <summary>Somebody has stopped it; what happens waits.</summary>
    Paused,

    /// <summary>It took nothing any more; what happens waits.</summary>
    Disabled,
}

/// <summary>A header that is sent along.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WebhookHeader(
    [property: JsonRequired, StringLength(100), RegularExpression("[A-Za-z0-9-]+", ErrorMessage = "A header is called like X-Example.")] string Name,
    [property: JsonRequired, StringLength(1000), RegularExpression("[\\x20-\\x7e]*", ErrorMessage = "A header is one line of ASCII.")] string Value);

/// <summary>
/// An address that what happens is told to, as far as its owner sees it, by Standard Webhooks. Whoever is told what: the events that match, of the records
/// that are like the filter, with the fields that are asked for.
/// </summary>
public sealed record Webhook : Record
{
    /// <summary>What it is for.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>Where to.</summary>
    [Required, StringLength(2000), Kind(FieldKind.Url)]
    [Example("https://billing.example.com/crm")]
    public string Url { get; init; } = "";

    /// <summary>Which events: <c>contacts.contact.created</c>, <c>contacts.*.*</c>, <c>#</c>.</summary>
    [Required, MaxItems(100), ItemLength(100)]
    [Example("[\"contacts.contact.*\"]")]
    public string[] Events { get; init; } = [];

    /// <summary>Of which records, in the filter language; of all where none is said.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Filter { get; init; }

    /// <summary>The fields that are told; all where none is named.</summary>
    [MaxItems(300), ItemLength(100)]
    public string[] Fields { get; init; } = [];

    /// <summary>An update is told only where one of these changed; any where none is named.</summary>
    [MaxItems(300), ItemLength(100)]
    public string[] ChangedFields { get; init; } = [];

    /// <summary>How much is said.</summary>
    public WebhookPayload Payload { get; init; }

    /// <summary>In which form it is said.</summary>
    public WebhookFormat Format { get; init; }

    /// <summary>What people are told, with fields in braces: <c>{actor} won {name}: {reason}</c>.</summary>
    [Kind(FieldKind.LongText), StringLength(3000)]
    public string? Message { get; init; }

    /// <summary>Whether deliveries keep an order.</summary>
    public WebhookOrder Order { get; init; }

    /// <summary>Headers that are sent along.</summary>
    [MaxItems(20)]
    public IReadOnlyList<WebhookHeader> Headers { get; init; } = [];

    /// <summary>Whether it is not told what its owner did.</summary>
    public bool SkipOwn { get; init; }

    /// <summary>Whether something is sent.</summary>
    [SetBySlices]
    public WebhookState State { get; init; }

    /// <summary>Why it is not.</summary>
    [SetBySlices, StringLength(200)]
    public string? Reason { get; init; }

    /// <summary>Since when it is as it is.</summary>
    [SetBySlices]
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>How the secret begins that was made last.</summary>
    [SetBySlices, StringLength(20)]
    public string? SecretHint { get; init; }

    /// <summary>When the address proved last that it is its owner's.</summary>
    [SetBySlices(nameof(Url))]
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The roles its owner had when they made it, for owners that identity does not tell of; <c>*</c> where none held them.</summary>
    [SetBySlices]
    public string[] ActsWith { get; init; } = [];

    /// <summary>The teams they were in.</summary>
    [SetBySlices]
    public string[] ActsIn { get; init; } = [];
}
