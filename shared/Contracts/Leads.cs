using System.Text.Json;

namespace CrmPlatform.Contracts.Leads;

/// <summary>Somebody who may want to buy was entered.</summary>
[Event("leads.lead.created")]
public sealed record LeadCreated : RecordEvent;

/// <summary>Fields of a lead changed, its status among them.</summary>
[Event("leads.lead.updated")]
public sealed record LeadUpdated : RecordEvent;

/// <summary>A lead went to the trash.</summary>
[Event("leads.lead.deleted")]
public sealed record LeadDeleted : RecordEvent;

/// <summary>A lead came back from the trash.</summary>
[Event("leads.lead.restored")]
public sealed record LeadRestored : RecordEvent;

/// <summary>A lead is about to take a step that the tenant's steps do not have, for a reason.</summary>
[Event("leads.lead.statusOverridden")]
public sealed record LeadStatusOverridden : RecordEvent
{
    /// <summary>The state it is in.</summary>
    public required string From { get; init; }

    /// <summary>The state it is taken to.</summary>
    public required string To { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Nobody has been in touch with a lead in time. It is told once.</summary>
[Event("leads.lead.responseOverdue")]
public sealed record LeadResponseOverdue : RecordEvent
{
    /// <summary>Until when somebody was to be in touch.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whose lead it was then, if anybody's.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Whom it was given to instead, if it was.</summary>
    public Guid? GivenTo { get; init; }
}

/// <summary>
/// A lead became a contact, and on demand part of a company and a deal: whoever keeps these enters them under these ids, or fills what is empty in
/// those that are there, in the same operation. What cannot be entered is told as a refusal, and then the conversion is taken back.
/// </summary>
[Event("leads.lead.converted")]
public sealed record LeadConverted : RecordEvent
{
    /// <summary>The person it became.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>Whether the person is to be entered; else they are there, and what is empty is filled.</summary>
    public required bool IsNewContact { get; init; }

    /// <summary>The company it became part of, if any.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Whether the company is to be entered; else it is there, and what is empty is filled.</summary>
    public required bool IsNewAccount { get; init; }

    /// <summary>The deal to be entered, if one is.</summary>
    public Guid? DealId { get; init; }

    /// <summary>The person's fields by name, as an edit takes them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Contact { get; init; }

    /// <summary>Fields of a person who is there that take what stands in <c>Contact</c> in the place of what they have; absent where there is none.</summary>
    public IReadOnlyList<string>? ContactReplaces { get; init; }

    /// <summary>What the person has agreed to by forms; absent where there is nothing.</summary>
    public IReadOnlyList<ConsentGiven>? Consents { get; init; }

    /// <summary>The company's fields by name, if there is a company.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Account { get; init; }

    /// <summary>Fields of a company that is there that take what stands in <c>Account</c> in the place of what it has; absent where there is none.</summary>
    public IReadOnlyList<string>? AccountReplaces { get; init; }

    /// <summary>The deal's fields by name, if there is a deal; person and company are among them.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Deal { get; init; }
}

/// <summary>A step that leads may take was entered.</summary>
[Event("leads.leadTransition.created")]
public sealed record LeadTransitionCreated : RecordEvent;

/// <summary>A step that leads may take changed.</summary>
[Event("leads.leadTransition.updated")]
public sealed record LeadTransitionUpdated : RecordEvent;

/// <summary>A step that leads may take went to the trash.</summary>
[Event("leads.leadTransition.deleted")]
public sealed record LeadTransitionDeleted : RecordEvent;

/// <summary>A step that leads may take came back from the trash.</summary>
[Event("leads.leadTransition.restored")]
public sealed record LeadTransitionRestored : RecordEvent;

/// <summary>What a field of a lead becomes was entered.</summary>
[Event("leads.conversionMapping.created")]
public sealed record ConversionMappingCreated : RecordEvent;

/// <summary>What a field of a lead becomes changed.</summary>
[Event("leads.conversionMapping.updated")]
public sealed record ConversionMappingUpdated : RecordEvent;

/// <summary>What a field of a lead becomes went to the trash.</summary>
[Event("leads.conversionMapping.deleted")]
public sealed record ConversionMappingDeleted : RecordEvent;

/// <summary>What a field of a lead becomes came back from the trash.</summary>
[Event("leads.conversionMapping.restored")]
public sealed record ConversionMappingRestored : RecordEvent;

/// <summary>Something that happened between a lead and us was entered.</summary>
[Event("leads.engagement.created")]
public sealed record EngagementCreated : RecordEvent;

/// <summary>Something that happened between a lead and us changed.</summary>
[Event("leads.engagement.updated")]
public sealed record EngagementUpdated : RecordEvent;

/// <summary>Something that happened between a lead and us went to the trash.</summary>
[Event("leads.engagement.deleted")]
public sealed record EngagementDeleted : RecordEvent;

/// <summary>Something that happened between a lead and us came back from the trash.</summary>
[Event("leads.engagement.restored")]
public sealed record EngagementRestored : RecordEvent;

/// <summary>A rule that gives points was entered.</summary>
[Event("leads.scoringRule.created")]
public sealed record ScoringRuleCreated : RecordEvent;

/// <summary>A rule that gives points changed.</summary>
[Event("leads.scoringRule.updated")]
public sealed record ScoringRuleUpdated : RecordEvent;

/// <summary>A rule that gives points went to the trash.</summary>
[Event("leads.scoringRule.deleted")]
public sealed record ScoringRuleDeleted : RecordEvent;

/// <summary>A rule that gives points came back from the trash.</summary>
[Event("leads.scoringRule.restored")]
public sealed record ScoringRuleRestored : RecordEvent;

/// <summary>A cap for rules that give points was entered.</summary>
[Event("leads.scoringGroup.created")]
public sealed record ScoringGroupCreated : RecordEvent;

/// <summary>A cap for rules that give points changed.</summary>
[Event("leads.scoringGroup.updated")]
public sealed record ScoringGroupUpdated : RecordEvent;

/// <summary>A cap for rules that give points went to the trash.</summary>
[Event("leads.scoringGroup.deleted")]
public sealed record ScoringGroupDeleted : RecordEvent;

/// <summary>A cap for rules that give points came back from the trash.</summary>
[Event("leads.scoringGroup.restored")]
public sealed record ScoringGroupRestored : RecordEvent;

/// <summary>How leads are looked at was entered.</summary>
[Event("leads.leadSettings.created")]
public sealed record LeadSettingsCreated : RecordEvent;

/// <summary>How leads are looked at changed.</summary>
[Event("leads.leadSettings.updated")]
public sealed record LeadSettingsUpdated : RecordEvent;

/// <summary>How leads are looked at went to the trash.</summary>
[Event("leads.leadSettings.deleted")]
public sealed record LeadSettingsDeleted : RecordEvent;

/// <summary>How leads are looked at came back from the trash.</summary>
[Event("leads.leadSettings.restored")]
public sealed record LeadSettingsRestored : RecordEvent;

/// <summary>A rule about who gets leads was entered.</summary>
[Event("leads.assignmentRule.created")]
public sealed record AssignmentRuleCreated : RecordEvent;

/// <summary>A rule about who gets leads changed.</summary>
[Event("leads.assignmentRule.updated")]
public sealed record AssignmentRuleUpdated : RecordEvent;

/// <summary>A rule about who gets leads went to the trash.</summary>
[Event("leads.assignmentRule.deleted")]
public sealed record AssignmentRuleDeleted : RecordEvent;

/// <summary>A rule about who gets leads came back from the trash.</summary>
[Event("leads.assignmentRule.restored")]
public sealed record AssignmentRuleRestored : RecordEvent;

/// <summary>Until when leads are to be answered was entered.</summary>
[Event("leads.responseTarget.created")]
public sealed record ResponseTargetCreated : RecordEvent;

/// <summary>Until when leads are to be answered changed.</summary>
[Event("leads.responseTarget.updated")]
public sealed record ResponseTargetUpdated : RecordEvent;

/// <summary>Until when leads are to be answered went to the trash.</summary>
[Event("leads.responseTarget.deleted")]
public sealed record ResponseTargetDeleted : RecordEvent;

/// <summary>Until when leads are to be answered came back from the trash.</summary>
[Event("leads.responseTarget.restored")]
public sealed record ResponseTargetRestored : RecordEvent;

/// <summary>A scorecard was entered.</summary>
[Event("leads.scorecard.created")]
public sealed record ScorecardCreated : RecordEvent;

/// <summary>A scorecard changed.</summary>
[Event("leads.scorecard.updated")]
public sealed record ScorecardUpdated : RecordEvent;

/// <summary>A scorecard went to the trash.</summary>
[Event("leads.scorecard.deleted")]
public sealed record ScorecardDeleted : RecordEvent;

/// <summary>A scorecard came back from the trash.</summary>
[Event("leads.scorecard.restored")]
public sealed record ScorecardRestored : RecordEvent;

/// <summary>What is known of a lead by a scorecard was entered.</summary>
[Event("leads.scorecardAnswer.created")]
public sealed record ScorecardAnswerCreated : RecordEvent;

/// <summary>What is known of a lead by a scorecard changed.</summary>
[Event("leads.scorecardAnswer.updated")]
public sealed record ScorecardAnswerUpdated : RecordEvent;

/// <summary>What is known of a lead by a scorecard went to the trash.</summary>
[Event("leads.scorecardAnswer.deleted")]
public sealed record ScorecardAnswerDeleted : RecordEvent;

/// <summary>What is known of a lead by a scorecard came back from the trash.</summary>
[Event("leads.scorecardAnswer.restored")]
public sealed record ScorecardAnswerRestored : RecordEvent;

/// <summary>Somebody who has sent a form is to confirm that it was them: a mail with a link goes to them.</summary>
[Event("leads.formSubmission.confirmationAsked")]
public sealed record FormSubmissionConfirmationAsked : RecordEvent
{
    /// <summary>Whom the mail goes to.</summary>
    public required string Email { get; init; }

    /// <summary>What stood above the form.</summary>
    public required string Title { get; init; }

    /// <summary>Where they confirm it, within a week.</summary>
    public required string Link { get; init; }
}

/// <summary>A form on the web was entered.</summary>
[Event("leads.form.created")]
public sealed record FormCreated : RecordEvent;

/// <summary>A form on the web changed.</summary>
[Event("leads.form.updated")]
public sealed record FormUpdated : RecordEvent;

/// <summary>A form on the web went to the trash.</summary>
[Event("leads.form.deleted")]
public sealed record FormDeleted : RecordEvent;

/// <summary>A form on the web came back from the trash.</summary>
[Event("leads.form.restored")]
public sealed record FormRestored : RecordEvent;

/// <summary>What somebody has sent by a form was entered.</summary>
[Event("leads.formSubmission.created")]
public sealed record FormSubmissionCreated : RecordEvent;

/// <summary>What somebody has sent by a form changed.</summary>
[Event("leads.formSubmission.updated")]
public sealed record FormSubmissionUpdated : RecordEvent;

/// <summary>What somebody has sent by a form went to the trash.</summary>
[Event("leads.formSubmission.deleted")]
public sealed record FormSubmissionDeleted : RecordEvent;

/// <summary>What somebody has sent by a form came back from the trash.</summary>
[Event("leads.formSubmission.restored")]
public sealed record FormSubmissionRestored : RecordEvent;
