using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CrmPlatform.Journal.Records;

/// <summary>What people call a field, or a value to choose, where it is not its name in words: <c>MQL</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LabelAttribute(string text) : Attribute
{
    /// <summary>The label.</summary>
    public string Text { get; } = text;
}

/// <summary>The field is the id of a record: <c>account</c>, or <c>identity.user</c> where another service keeps it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefersAttribute(string record) : Attribute
{
    /// <summary>The record type.</summary>
    public string Record { get; } = record;
}

/// <summary>
/// A value that somebody could have sent: the documents show it, and a test sends it. What is no text is written as JSON. A field without one is shown only
/// where a record must have it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExampleAttribute(string value) : Attribute
{
    /// <summary>The value.</summary>
    public string Value { get; } = value;
}

/// <summary>
/// It is going away: a field, all doors of a record type, or a slice. Answers to who uses it say so (<c>Deprecation</c>, <c>Sunset</c>), documents mark it, and
/// it is counted who does.
/// </summary>
/// <param name="since">Since when: <c>2026-03-01</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DeprecatedAttribute(string since) : Attribute
{
    /// <summary>Since when.</summary>
    public DateOnly Since { get; } = Day(since);

    /// <summary>From when on it may be gone, if that is settled: <c>2027-03-01</c>.</summary>
    public string? Sunset { get; init; }

    /// <summary>What to use instead.</summary>
    public string? Instead { get; init; }

    /// <summary>From when on it may be gone.</summary>
    public DateOnly? Gone => Sunset is { } day ? Day(day) : null;

    /// <summary>All of it, for people.</summary>
    public string Says => $"Deprecated since {Since:yyyy-MM-dd}{(Sunset is { } day ? $", gone from {day} on" : "")}."
        + (Instead is { } other ? $" Use {other}." : "");

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The field is searched by <c>q=</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchedAttribute(int weight = 1) : Attribute
{
    /// <summary>How much a match here counts beside matches in other fields.</summary>
    public int Weight { get; } = weight;
}

/// <summary>Says what a text is, where its C# type does not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KindAttribute(FieldKind kind) : Attribute
{
    /// <summary>What it is.</summary>
    public FieldKind Kind { get; } = kind;
}

/// <summary>Only slices set the field; a door refuses it. It says something of the fields named: who may not know of those does not know of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetBySlicesAttribute(params string[] from) : Attribute
{
    /// <summary>The fields it says something of.</summary>
    public IReadOnlyList<string> From { get; } = from;
}

/// <summary>The field is said when a record is entered; from then on only slices change it, and a door refuses another value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetWhenEnteredAttribute : Attribute;

/// <summary>
/// The field is computed from others and kept in a column of its own to filter and sort by; it is no news of its own. One with an
/// <c>init</c> can be set, which changes what it is computed from.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DerivedAttribute(params string[] from) : Attribute
{
    /// <summary>The fields it is computed from; setting it changes them.</summary>
    public IReadOnlyList<string> From { get; } = from;
}

/// <summary>Understood wherever a record is written, for the type's rules to act on; not kept. The rules may set the fields named.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute(params string[] sets) : Attribute
{
    /// <summary>The fields the rules may set by it.</summary>
    public IReadOnlyList<string> Sets { get; } = sets;
}

/// <summary>
/// The records say what others are like, or how they are looked at (fields, views): their rules and sections say who sees and changes them, by
/// what somebody may do with the records they are about.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartOfModelAttribute : Attribute;

/// <summary>The table that keeps the records, where their name is a word that SQL wants for itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string name) : Attribute
{
    /// <summary>The table.</summary>
    public string Name { get; } = name;
}

/// <summary>The field says something about a person that not everybody should read; reading it can be recorded.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>A phone number in the international form.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class PhoneNumberAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public PhoneNumberAttribute()
        : base("A phone number looks like +4930123456.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or "" || value is string text && E164.IsMatch(text);

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex E164 { get; }
}

/// <summary>An address on the web.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute : ValidationAttribute
{
    /// <summary>Declares it.</summary>
    public WebAddressAttribute()
        : base("An address on the web looks like https://example.com.")
    {
    }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null or ""
        || value is string { Length: <= 2000 } text && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http" or "https", Host.Length: > 0 };
}

/// <summary>How many members a list can have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxItemsAttribute(int most) : ValidationAttribute($"This takes at most {most}.")
{
    /// <summary>How many.</summary>
    public int Most { get; } = most;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || value is System.Collections.ICollection list && list.Count <= Most;
}

/// <summary>How long each text of a list can be; none is empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemLengthAttribute(int most) : ValidationAttribute($"Each has 1 to {most} characters.")
{
    /// <summary>How long at most.</summary>
    public int Most { get; } = most;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is not string[] texts || texts.All(t => !string.IsNullOrWhiteSpace(t) && t.Length <= Most);
}
