using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Leads;

/// <summary>What has become of it so far; only slices say so.</summary>
public sealed partial record Lead
{
    /// <summary>How far it has come.</summary>
    [SetBySlices(nameof(OwnerId))]
    public LeadStatus Status { get; init; }

    /// <summary>Since when it is that far.</summary>
    [SetBySlices(nameof(Status))]
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>Why nothing will come of it.</summary>
    [SetBySlices, StringLength(500), Label("Reason")]
    public string? RejectionReason { get; init; }

    /// <summary>When it is to be taken up again.</summary>
    [SetBySlices, Label("Recycle at")]
    public DateTimeOffset? RecycleAt { get; init; }

    /// <summary>When it was given to whoever has it.</summary>
    [SetBySlices(nameof(OwnerId))]
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>Until when somebody is to be in touch.</summary>
    [SetBySlices, Label("Response due")]
    public DateTimeOffset? ResponseDueAt { get; init; }

    /// <summary>When somebody was in touch first.</summary>
    [SetBySlices, Label("First response")]
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>When it was said that nobody had been in touch in time.</summary>
    [SetBySlices, Label("Response overdue since")]
    public DateTimeOffset? ResponseOverdueAt { get; init; }

    /// <summary>When it has to be said that nobody is in touch, while nobody is.</summary>
    [Derived(nameof(ResponseDueAt), nameof(FirstResponseAt), nameof(ResponseOverdueAt), nameof(Status)), Label("Response watched until")]
    public DateTimeOffset? ResponseWatchAt => Status.IsUntouched() && FirstResponseAt is null && ResponseOverdueAt is null ? ResponseDueAt : null;

    /// <summary>How well they fit what we sell, 0 to 100.</summary>
    [SetBySlices, Range(0, 100)]
    public int? FitScore { get; init; }

    /// <summary>How much they deal with us, 0 to 100, as of the last event or step of its decay.</summary>
    [SetBySlices, Range(0, 100)]
    public int? EngagementScore { get; init; }

    /// <summary>Both in one: <c>A1</c> fits best and deals with us most, <c>C3</c> least.</summary>
    [SetBySlices(nameof(FitScore), nameof(EngagementScore)), StringLength(2)]
    public string? Grade { get; init; }

    /// <summary>When the engagement score is worth another look though nothing has happened: what has decayed by then shows.</summary>
    [SetBySlices(nameof(EngagementScore)), Label("Next score")]
    public DateTimeOffset? RescoreAt { get; init; }

    /// <summary>The person it became.</summary>
    [SetBySlices, Refers("contacts.contact"), Label("Contact")]
    public Guid? ConvertedContactId { get; init; }

    /// <summary>The company it became part of.</summary>
    [SetBySlices, Refers("contacts.account"), Label("Account")]
    public Guid? ConvertedAccountId { get; init; }

    /// <summary>The deal it became.</summary>
    [SetBySlices, Refers("pipeline.deal"), Label("Deal")]
    public Guid? ConvertedDealId { get; init; }

    /// <summary>When it was converted.</summary>
    [SetBySlices]
    public DateTimeOffset? ConvertedAt { get; init; }

    /// <summary>Who converted it.</summary>
    [SetBySlices, Refers("user"), Label("Converted by")]
    public Guid? ConvertedById { get; init; }

    /// <summary>Why the last conversion was taken back.</summary>
    [SetBySlices, StringLength(2000), Label("Conversion problem")]
    public string? ConversionProblem { get; init; }
}
