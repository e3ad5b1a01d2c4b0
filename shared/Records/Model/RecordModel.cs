using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Access.Roles;

namespace CrmPlatform.Records.Model;

/// <summary>Record types as they are for a tenant.</summary>
/// <param name="Records">The types.</param>
/// <param name="Slices">What can be asked and done beside the doors that every type has, as far as the caller's roles allow it.</param>
/// <param name="Overrides">The rules that can be passed over with a reason.</param>
/// <param name="Version">Another one means that something is different.</param>
public sealed record PublishedModel(
    IReadOnlyList<RecordModel> Records, IReadOnlyList<SliceModel> Slices, IReadOnlyList<OverrideModel> Overrides, string Version)
{
    /// <summary>What the caller's roles switch on beside that: <c>bulkEdit</c>.</summary>
    public IReadOnlyList<string> Privileges { get; init; } = [];
}

/// <summary>A use case at an address of its own. What it is told and answers with is in the service's OpenAPI document.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Name">Its name, by which roles allow it: <c>mergeContacts</c>.</param>
/// <param name="Method">GET asks; everything else changes something.</param>
/// <param name="Route">Where it is.</param>
public sealed record SliceModel(string Service, string Name, string Method, string Route);

/// <summary>A rule that can be passed over with a reason, by those whose role names it among its slices; <c>*</c> does not.</summary>
/// <param name="Name">What roles call it.</param>
/// <param name="Says">What it lets its holder do.</param>
/// <param name="Allowed">Whether the caller may.</param>
public sealed record OverrideModel(string Name, string Says, bool Allowed);

/// <summary>A record type as it is for a tenant, for programs that draw lists, forms and filters from it.</summary>
/// <param name="Service">The service that keeps it.</param>
/// <param name="Record">Its noun: <c>contact</c>.</param>
/// <param name="Plural">Where its doors are: <c>contacts</c>.</param>
/// <param name="Label">What people call one.</param>
/// <param name="Labels">What people call several.</param>
/// <param name="Fields">Its fields, the platform's, declared ones and custom ones.</param>
/// <param name="Related">Records that refer to it, by the name a filter gives them.</param>
/// <param name="Doors">What can be done with it.</param>
/// <param name="Deeds">With which records the caller may do what: <c>read</c>: <c>team</c>.</param>
public sealed record RecordModel(
    string Service, string Record, string Plural, string Label, string Labels, IReadOnlyList<FieldModel> Fields, IReadOnlyList<RelatedModel> Related,
    IReadOnlyList<DoorModel> Doors, IReadOnlyDictionary<string, Reach> Deeds)
{
    /// <summary>What is understood where one is written, and not kept: <c>accountName</c>.</summary>
    public IReadOnlyList<FieldModel> Inputs { get; init; } = [];
}

/// <summary>A field of a record type.</summary>
/// <param name="Name">Its name in JSON, filters and orders; a custom one as <c>custom.size</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Origin">Who has given it to the type: <c>platform</c>, <c>declared</c>, <c>custom</c>.</param>
public sealed record FieldModel(string Name, string Label, string Kind, string Origin)
{
    /// <summary>Whether a record must have it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether only the platform or a slice sets it, not an edit.</summary>
    public bool SetBySlices { get; init; }

    /// <summary>Whether the caller's roles do not let them change it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the caller sees only whether it has a value: then a record names it under <c>$masked</c>.</summary>
    public bool Masked { get; init; }

    /// <summary>Whether it says something that not everybody should read.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Whether <c>q=</c> searches it.</summary>
    public bool Searchable { get; init; }

    /// <summary>Whether lists can be ordered by it.</summary>
    public bool Sortable { get; init; }

    /// <summary>Whether it is out of use: its values can be read, found and emptied.</summary>
    public bool Retired { get; init; }

    /// <summary>That it is going away, and what to use instead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deprecated { get; init; }

    /// <summary>What a filter can ask of it; none of one that has parts, which are asked themselves.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>The values to choose from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChoiceModel>? Choices { get; init; }

    /// <summary>The record type it refers to; one of another service as <c>identity.user</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refers { get; init; }

    /// <summary>What an address or each member of a list consists of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PartModel>? Parts { get; init; }

    /// <summary>What to know when filling it in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Help { get; init; }

    /// <summary>What a new record gets where nothing is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Default { get; init; }

    /// <summary>The lowest number, or the shortest text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Min { get; init; }

    /// <summary>The highest number, or the longest text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Max { get; init; }

    /// <summary>A regular expression a text matches as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pattern { get; init; }

    /// <summary>Of a formula or a roll-up: what it gives.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gives { get; init; }

    /// <summary>Of a formula or a roll-up: what computes it, in the language of filters and formulas.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Formula { get; init; }

    /// <summary>The state of a custom field's index, where it has one: <c>building</c>, <c>ready</c>, <c>failed</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Index { get; init; }
}

/// <summary>A value to choose.</summary>
public sealed record ChoiceModel(string Value, string Label, string? Color = null, bool Retired = false);

/// <summary>A part of an address or of a list's members.</summary>
public sealed record PartModel(string Name, string Kind, IReadOnlyList<string> Operators);

/// <summary>Records that refer to one: <c>contacts</c> of an account.</summary>
/// <param name="Name">What a filter calls them.</param>
/// <param name="Record">Of which type they are.</param>
/// <param name="Field">By which of their fields they refer to it.</param>
public sealed record RelatedModel(string Name, string Record, string Field);

/// <summary>Something that can be done: an address and what it does.</summary>
public sealed record DoorModel(string Name, string Method, string Route, string? Says);
