using System.Globalization;
using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema;

/// <summary>The scalars and directives that every graph has.</summary>
public static class BuiltIn
{
    /// <summary>A whole number of 32 bits.</summary>
    public static readonly ScalarType Int = new("Int")
    {
        Says = "A whole number between -(2^31) and 2^31 - 1.",
        FromJson = value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number)
            ? Small(number) : throw new FormatException($"Int cannot represent non-integer value: {value.GetRawText()}"),
        FromNode = (node, _) => node is IntNode number
            ? Small(double.Parse(number.Text, CultureInfo.InvariantCulture))
            : throw new FormatException($"Int cannot represent non-integer value: {Literals.Print(node)}"),
        Answer = value => Number(value) is { } number && double.IsInteger(number)
            ? Small(number) : throw new FormatException("Int cannot represent non-integer value"),
    };

    /// <summary>A number of double precision.</summary>
    public static readonly ScalarType Float = new("Float")
    {
        Says = "A number with a fraction, of double precision (IEEE 754).",
        FromJson = value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number : throw new FormatException($"Float cannot represent non numeric value: {value.GetRawText()}"),
        FromNode = (node, _) => node switch
        {
            IntNode number => double.Parse(number.Text, CultureInfo.InvariantCulture),
            FloatNode number => double.Parse(number.Text, CultureInfo.InvariantCulture),
            _ => throw new FormatException($"Float cannot represent non numeric value: {Literals.Print(node)}"),
        },
        Answer = value => Number(value) is { } number && double.IsFinite(number)
            ? number : throw new FormatException("Float cannot represent non numeric value"),
    };

    /// <summary>A text.</summary>
    public static readonly ScalarType String = new("String")
    {
        Says = "A text.",
        FromJson = value => value.ValueKind == JsonValueKind.String
            ? value.GetString()! : throw new FormatException($"String cannot represent a non string value: {value.GetRawText()}"),
        FromNode = (node, _) => node is StringNode text
            ? text.Text : throw new FormatException($"String cannot represent a non string value: {Literals.Print(node)}"),
        Answer = value => Plain(value) switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text,
            bool truth => truth ? "true" : "false",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new FormatException("String cannot represent value"),
        },
    };

    /// <summary>True or false.</summary>
    public static readonly ScalarType Boolean = new("Boolean")
    {
        Says = "True or false.",
        FromJson = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw new FormatException($"Boolean cannot represent a non boolean value: {value.GetRawText()}"),
        FromNode = (node, _) => node is BooleanNode truth
            ? truth.Value : throw new FormatException($"Boolean cannot represent a non boolean value: {Literals.Print(node)}"),
        Answer = value => Plain(value) switch
        {
            bool truth => truth,
            double number => number != 0,
            _ => throw new FormatException("Boolean cannot represent a non boolean value"),
        },
    };

    /// <summary>What identifies something.</summary>
    public static readonly ScalarType Id = new("ID")
    {
        Says = "What identifies something. It is a text, whatever it looks like.",
        FromJson = value => value.ValueKind == JsonValueKind.String ? value.GetString()!
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : throw new FormatException($"ID cannot represent value: {value.GetRawText()}"),
        FromNode = (node, _) => node switch
        {
            StringNode text => text.Text,
            IntNode number => number.Text,
            _ => throw new FormatException($"ID cannot represent a non-string and non-integer value: {Literals.Print(node)}"),
        },
        Answer = value => Plain(value) switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text,
            double number when double.IsInteger(number) => number.ToString("R", CultureInfo.InvariantCulture),
            Guid id => id.ToString(),
            _ => throw new FormatException("ID cannot represent value"),
        },
    };

    /// <summary>Left out where the condition holds.</summary>
    public static readonly DirectiveType Skip = new("skip", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"],
        [new("if", Boolean.NonNull) { Says = "Skipped when true." }])
    {
        Says = "Directs the executor to skip this field or fragment when the `if` argument is true.",
    };

    /// <summary>Left out where the condition does not hold.</summary>
    public static readonly DirectiveType Include = new("include", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"],
        [new("if", Boolean.NonNull) { Says = "Included when true." }])
    {
        Says = "Directs the executor to include this field or fragment only when the `if` argument is true.",
    };

    /// <summary>Should not be used any more.</summary>
    public static readonly DirectiveType Deprecated = new("deprecated", ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION", "ENUM_VALUE"],
        [new("reason", String) { Says = "Why, and what to use instead.", Otherwise = new StringNode(0, NoReason, block: false) }])
    {
        Says = "Marks an element of a GraphQL schema as no longer supported.",
    };

    /// <summary>Where a scalar's form is described.</summary>
    public static readonly DirectiveType SpecifiedBy = new("specifiedBy", ["SCALAR"],
        [new("url", String.NonNull) { Says = "The URL that specifies the behavior of this scalar." }])
    {
        Says = "Exposes a URL that specifies the behavior of this scalar.",
    };

    /// <summary>Exactly one of the fields is given.</summary>
    public static readonly DirectiveType OneOf = new("oneOf", ["INPUT_OBJECT"], [])
    {
        Says = "Indicates exactly one field must be supplied and this field must not be `null`.",
    };

    /// <summary>What is said of a deprecation without a reason.</summary>
    public const string NoReason = "No longer supported";

    /// <summary>All of the scalars.</summary>
    public static IReadOnlyList<ScalarType> Scalars { get; } = [String, Int, Float, Boolean, Id];

    /// <summary>All of the directives.</summary>
    public static IReadOnlyList<DirectiveType> Directives { get; } = [Include, Skip, Deprecated, SpecifiedBy, OneOf];

    private static object Small(double number) => number is >= int.MinValue and <= int.MaxValue
        ? (int)number : throw new FormatException($"Int cannot represent non 32-bit signed integer value: {number}");

    // Numbers as doubles, texts as they are: what JSON and .NET hold alike.
    private static object? Plain(object value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => null,
        int number => (double)number,
        long number => (double)number,
        _ => value,
    };

    private static double? Number(object value) => Plain(value) switch
    {
        double number => number,
        bool truth => truth ? 1 : 0,
        string { Length: > 0 } text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        JsonElement { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } words
            && double.TryParse(words, CultureInfo.InvariantCulture, out var number) => number,
        decimal number => (double)number,
        _ => null,
    };
}
