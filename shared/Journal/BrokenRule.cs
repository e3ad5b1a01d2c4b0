using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal;

/// <summary>Which rule a value breaks, and within which bounds it would keep to it: for apps that say so in words of their own.</summary>
/// <param name="Rule">Stable name of the rule: <c>required</c>, <c>length</c>, <c>email</c>.</param>
public sealed record BrokenRule(string Rule)
{
    /// <summary>It lacks a value.</summary>
    public static readonly BrokenRule Required = new("required");

    /// <summary>It has a sign that no text can keep.</summary>
    public static readonly BrokenRule Signs = new("signs");

    /// <summary>Other records have it already.</summary>
    public static readonly BrokenRule Taken = new("taken");

    /// <summary>It refers to nothing that is there.</summary>
    public static readonly BrokenRule Missing = new("missing");

    /// <summary>It leads back to the record itself.</summary>
    public static readonly BrokenRule Loop = new("loop");

    /// <summary>There is no such field that could be set.</summary>
    public static readonly BrokenRule Unknown = new("unknown");

    /// <summary>It is set by what is done with the record, not by editing; or only when it is entered.</summary>
    public static readonly BrokenRule Fixed = new("fixed");

    /// <summary>The caller's roles do not let them change it.</summary>
    public static readonly BrokenRule NotYours = new("notYours");

    /// <summary>It is out of use: it can be emptied, not set.</summary>
    public static readonly BrokenRule Retired = new("retired");

    /// <summary>Of a number, the least; of a text, the fewest characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Min { get; init; }

    /// <summary>Of a number, the most; of a text, the most characters; of a list, the most members.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Max { get; init; }

    /// <summary>The values it can have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>The regular expression it must match.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pattern { get; init; }

    /// <summary>What kind of value it should be: <c>date</c>, <c>money</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>It is one of these.</summary>
    public static BrokenRule OneOf(IEnumerable<string> allowed) => new("choice") { Allowed = [.. allowed] };

    /// <summary>It is between two numbers, or on one side of one.</summary>
    public static BrokenRule Range(decimal? min, decimal? max) => new("range") { Min = min, Max = max };

    /// <summary>It has between so many and so many characters.</summary>
    public static BrokenRule Length(decimal? min, decimal? max) => new("length") { Min = min, Max = max };

    /// <summary>It is another kind of value.</summary>
    public static BrokenRule Of(FieldKind kind) => new("kind") { Kind = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}") };

    /// <summary>What a declared rule asks for; null where its sentence alone says it.</summary>
    public static BrokenRule? Of(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => Required,
        StringLengthAttribute length => Length(length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength),
        RangeAttribute range => Range(Number(range.Minimum), Number(range.Maximum)),
        MaxItemsAttribute items => new("items") { Max = items.Most },
        ItemLengthAttribute items => new("itemLength") { Min = 1, Max = items.Most },
        EmailAttribute or EmailAddressAttribute => new("email"),
        PhoneNumberAttribute => new("phone"),
        WebAddressAttribute => new("url"),
        WebDomainAttribute => new("domain"),
        ZoneNameAttribute => new("zone"),
        RegularExpressionAttribute form => new("pattern") { Pattern = form.Pattern },
        _ => null,
    };

    private static decimal? Number(object bound) => Convert.ToDecimal(bound, System.Globalization.CultureInfo.InvariantCulture);
}
