using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>A field that a tenant has added to a record type. Itself a record: who added it, what it was before and how to undo it are known.</summary>
[PartOfModel]
public sealed record CustomField : Record
{
    /// <summary>The record type it belongs to: <c>contact</c>.</summary>
    [Required, StringLength(50), SetBySlices]
    public string Record { get; init; } = "";

    /// <summary>Its name in JSON, filters and events; never changes, so that nothing that uses it breaks.</summary>
    [Required, RegularExpression("[a-z][a-zA-Z0-9]{0,39}", ErrorMessage = "A name begins with a small letter and has letters and digits, 40 at most.")]
    [Example("shirtSize")]
    public string Name { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(100), Example("Shirt size")]
    public string Label { get; init; } = "";

    /// <summary>What to know when filling it in.</summary>
    [StringLength(500)]
    public string? Help { get; init; }

    /// <summary>What it holds; never changes.</summary>
    [Required]
    public CustomKind? Kind { get; init; }

    /// <summary>Whether a record must have it: asked whenever a record is entered, or this field is changed.</summary>
    public bool Required { get; init; }

    /// <summary>The values to choose from. One that is retired stays where it is and cannot be chosen any more.</summary>
    [MaxItems(1000)]
    public IReadOnlyList<CustomChoice> Choices { get; init; } = [];

    /// <summary>What a new record gets where nothing is given.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>The lowest number, or the shortest text.</summary>
    public decimal? Min { get; init; }

    /// <summary>The highest number, or the longest text.</summary>
    public decimal? Max { get; init; }

    /// <summary>A regular expression a text must match as a whole.</summary>
    [StringLength(500)]
    public string? Pattern { get; init; }

    /// <summary>Of a formula: what computes it, in the language of filters and formulas. Kept in its canonical form.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Formula { get; init; }

    /// <summary>Of a roll-up: which records are summed up, by the name the model gives those that refer to this type: <c>contacts</c>.</summary>
    [StringLength(100), RegularExpression("[a-zA-Z][a-zA-Z0-9]*", ErrorMessage = "A list is called like those in the model: contacts.")]
    public string? List { get; init; }

    /// <summary>Of a roll-up: what is done with them.</summary>
    public RollUpFunction? Function { get; init; }

    /// <summary>Of a roll-up: which field of theirs is summed up; nothing where they are counted.</summary>
    [StringLength(100)]
    [RegularExpression(@"[a-zA-Z][a-zA-Z0-9]*(\.[a-zA-Z][a-zA-Z0-9]*)*", ErrorMessage = "A field is called like those in the model: custom.size.")]
    public string? Field { get; init; }

    /// <summary>Of a roll-up: which of them count; all where nothing is said. Kept in its canonical form.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Filter { get; init; }

    /// <summary>What a formula or a roll-up gives: text, number, date, instant, boolean or reference. It never changes.</summary>
    [SetBySlices]
    public CustomKind? Gives { get; init; }

    /// <summary>Whether it is out of use: its values stay, and can be read, filtered and emptied, but not set.</summary>
    public bool Retired { get; init; }

    /// <summary>Whether lists are filtered and sorted by it often: it gets an index.</summary>
    public bool Indexed { get; init; }

    /// <summary>Whether it says something that not everybody should read.</summary>
    public bool Sensitive { get; init; }
}

/// <summary>A value to choose.</summary>
/// <param name="Value">Its name for programs.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Color">The colour it is shown in.</param>
/// <param name="Retired">Whether it can no longer be chosen.</param>
public sealed record CustomChoice(
    [property: Required, StringLength(100)] string Value, [property: StringLength(100)] string? Label = null,
    [property: RegularExpression("#[0-9a-f]{6}", ErrorMessage = "A colour looks like #4477aa.")] string? Color = null, bool Retired = false);

/// <summary>What a roll-up does with records.</summary>
public enum RollUpFunction
{
    /// <summary>Says how many there are.</summary>
    Count,

    /// <summary>Adds their values; of amounts of money only those of one currency have a sum.</summary>
    Sum,

    /// <summary>The lowest value.</summary>
    Min,

    /// <summary>The highest value.</summary>
    Max,

    /// <summary>The mean of the values.</summary>
    Avg,
}

/// <summary>What a custom field can hold.</summary>
public enum CustomKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    LongText,

    /// <summary>An exact decimal number.</summary>
    Number,

    /// <summary>An amount in a currency.</summary>
    Money,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment.</summary>
    Instant,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>Some of a few.</summary>
    MultiChoice,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number, E.164.</summary>
    Phone,

    /// <summary>An address on the web.</summary>
    Url,

    /// <summary>The id of another record.</summary>
    Reference,

    /// <summary>One to five.</summary>
    Rating,

    /// <summary>Anything JSON can say.</summary>
    Json,

    /// <summary>What a formula makes of the record's other fields; never set.</summary>
    Formula,

    /// <summary>A number, sum, extreme or mean of the records that refer to the record; never set.</summary>
    RollUp,
}
