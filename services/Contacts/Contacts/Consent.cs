using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>What a person lets us do: one answer for each purpose and channel, with where it comes from. Its history is the proof of every change.</summary>
public sealed record Consent : Record
{
    /// <summary>The person.</summary>
    [Required, Refers("contact")]
    public Guid? ContactId { get; init; }

    /// <summary>What for: <c>newsletter</c>, <c>product news</c>.</summary>
    [Required, StringLength(100)]
    public string Purpose { get; init; } = "";

    /// <summary>On which way.</summary>
    [Required]
    public ConsentChannel? Channel { get; init; }

    /// <summary>Whether we may.</summary>
    [Required]
    public ConsentState? State { get; init; }

    /// <summary>Why we may, in law.</summary>
    public ConsentBasis? Basis { get; init; }

    /// <summary>Where the answer was given: <c>form: spring fair</c>.</summary>
    [StringLength(200)]
    public string? Source { get; init; }

    /// <summary>What shows that it was given: a message's id, a file's address.</summary>
    [StringLength(2000)]
    public string? Proof { get; init; }

    /// <summary>The version of the text that was agreed to.</summary>
    [StringLength(50)]
    public string? TextVersion { get; init; }

    /// <summary>What was agreed to, word by word.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Wording { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Until when it holds.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Dates what was given or taken back, where its writer does not.</summary>
    public static ValueTask<Consent> Rule(Session session, Consent? before, Consent after)
    {
        if (after.ExpiresAt < after.GivenAt)
            throw Refusal.Invalid("expiresAt", "It expires before it was given.");
        if (before?.State == after.State || before is not null && (before.GivenAt != after.GivenAt || before.WithdrawnAt != after.WithdrawnAt))
            return new(after);
        return new(after.State switch
        {
            ConsentState.Granted => after with { GivenAt = before is null ? after.GivenAt ?? session.Now : session.Now, WithdrawnAt = null },
            ConsentState.Withdrawn => after with { WithdrawnAt = after.WithdrawnAt ?? session.Now },
            _ => after,
        });
    }
}

/// <summary>Whether we may; the first allows least.</summary>
public enum ConsentState
{
    /// <summary>No.</summary>
    Denied,

    /// <summary>Not any more.</summary>
    Withdrawn,

    /// <summary>It has run out.</summary>
    Expired,

    /// <summary>Asked, and not yet confirmed.</summary>
    Pending,

    /// <summary>Yes.</summary>
    Granted,
}

/// <summary>The ways to reach somebody.</summary>
public enum ConsentChannel
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

/// <summary>Why we may, in law.</summary>
public enum ConsentBasis
{
    /// <summary>The person has agreed.</summary>
    Consent,

    /// <summary>A contract needs it.</summary>
    Contract,

    /// <summary>A law demands it.</summary>
    LegalObligation,

    /// <summary>Our interest in it outweighs.</summary>
    LegitimateInterest,

    /// <summary>A life depends on it.</summary>
    VitalInterest,

    /// <summary>It serves the public.</summary>
    PublicTask,
}
