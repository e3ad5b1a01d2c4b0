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

    /// <summary>The company's fields by name, if there is a company.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Account { get; init; }

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
