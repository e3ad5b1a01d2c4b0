using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Forms;

/// <summary>How far what somebody has sent has come.</summary>
public enum SubmissionStatus
{
    /// <summary>It is not known yet whether it was them.</summary>
    Unconfirmed,

    /// <summary>It is a lead.</summary>
    Taken,
}

/// <summary>The ways to reach somebody that a form can ask for.</summary>
public enum AgreedChannel
{
    /// <summary>E-mail.</summary>
    Email,

    /// <summary>A call.</summary>
    Phone,

    /// <summary>A text message.</summary>
    [Label("SMS")]
    Sms,

    /// <summary>A messenger.</summary>
    Messenger,

    /// <summary>A letter.</summary>
    Post,

    /// <summary>Advertising on the web.</summary>
    Ads,
}

/// <summary>What somebody has sent by a form: what they said, what they agreed to, and where they came from.</summary>
public sealed record FormSubmission : Record
{
    /// <summary>By which form.</summary>
    [Required, Refers("form")]
    public Guid? FormId { get; init; }

    /// <summary>The challenge it answers: sent twice, it is one.</summary>
    [Required, StringLength(50)]
    public string Nonce { get; init; } = "";

    /// <summary>How far it has come.</summary>
    [SetBySlices]
    public SubmissionStatus Status { get; init; }

    /// <summary>Where they can be reached.</summary>
    [Email, StringLength(254)]
    public string? Email { get; init; }

    /// <summary>What they said, by field.</summary>
    public JsonElement Values { get; init; } = JsonSerializer.SerializeToElement(new { });

    /// <summary>Whether they agreed.</summary>
    public bool Consent { get; init; }

    /// <summary>To what.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? ConsentText { get; init; }

    /// <summary>Which version of it.</summary>
    [StringLength(50)]
    public string? ConsentVersion { get; init; }

    /// <summary>What for.</summary>
    [StringLength(100)]
    public string? ConsentPurpose { get; init; }

    /// <summary>On which way.</summary>
    public AgreedChannel? ConsentChannel { get; init; }

    /// <summary>What the link said that brought them, by its names: <c>utm_source</c>.</summary>
    [Label("UTM")]
    public JsonElement? Utm { get; init; }

    /// <summary>The page they came from.</summary>
    [StringLength(2000)]
    public string? Referrer { get; init; }

    /// <summary>The lead they are.</summary>
    [Refers("lead"), SetBySlices]
    public Guid? LeadId { get; init; }

    /// <summary>When they confirmed that it was them.</summary>
    [SetBySlices]
    public DateTimeOffset? ConfirmedAt { get; init; }
}
