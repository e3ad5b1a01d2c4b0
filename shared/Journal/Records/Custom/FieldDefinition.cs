using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>Whether what is said of a custom field fits together.</summary>
internal static partial class FieldDefinition
{
    /// <summary>How long a text can be that an index holds whole: its entries fit into a page in any script.</summary>
    public const int LongestIndexed = 500;

    public static bool IsName(string? name) => name is not null && Named.IsMatch(name);

    public static bool IsText(CustomField field) =>
        field.Kind is CustomKind.Text or CustomKind.LongText or CustomKind.Email or CustomKind.Phone or CustomKind.Url;

    /// <summary>Whether nobody sets it.</summary>
    public static bool IsComputed(CustomField field) => field.Kind is CustomKind.Formula or CustomKind.RollUp;

    /// <summary>How many characters a text of it has at most.</summary>
    public static int Longest(CustomField field) =>
        (int)Math.Min(field.Max ?? decimal.MaxValue, field.Kind == CustomKind.LongText ? 20_000 : field.Indexed ? LongestIndexed : 1_000);

    public static void Check(RecordType type, CustomField field)
    {
        var errors = new Errors();
        if (type.Fields.Any(f => f.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)) || RecordType.Platform.Contains(field.Name))
            errors.Add("name", $"Every {type.Name} has a field {field.Name} already.");
        Choices(field, errors);
        Bounds(field, errors);
        Pattern(field, errors);
        if (field.Indexed && field.Kind is CustomKind.LongText or CustomKind.Json or CustomKind.MultiChoice or CustomKind.Boolean)
            errors.Add("indexed", "An index does not help to find long texts, lists, JSON, or true and false.");
        Computed(field, errors);
        errors.Throw(); // what a value must be is known only now
        if (field.Default is { ValueKind: not JsonValueKind.Null } value && CustomRules.Broken(field, value) is { } broken)
            errors.Add("default", $"default {broken}");
        errors.Throw();
    }

    private static void Computed(CustomField field, Errors errors)
    {
        if (IsComputed(field) && field.Indexed)
            errors.Add("indexed", "What is computed has no index.");
        if (IsComputed(field) && field.Required)
            errors.Add("required", "What is computed is there or not; nobody can be asked for it.");
        if (field.Kind != CustomKind.Formula && field.Formula is not null)
            errors.Add("formula", "Only a formula has one.");
        foreach (var (name, given) in (ReadOnlySpan<(string, object?)>)
            [("list", field.List), ("function", field.Function), ("field", field.Field), ("filter", field.Filter)])
            if (field.Kind != CustomKind.RollUp && given is not null)
                errors.Add(name, $"Only a roll-up has a {name}.");
        if (field.Kind == CustomKind.Formula && field.Formula is null)
            errors.Add("formula", "What computes it?");
        if (field.Kind != CustomKind.RollUp)
            return;
        if (field.List is null)
            errors.Add("list", "Which records are summed up? Those that refer to this type are in the model, as related.");
        if (field.Function is null)
            errors.Add("function", "count, sum, min, max or avg?");
        else if (field.Function == RollUpFunction.Count != field.Field is null)
            errors.Add("field", field.Field is null ? "Which field of theirs?" : "Records are counted, not a field of theirs.");
    }

    private static void Choices(CustomField field, Errors errors)
    {
        var isChosen = field.Kind is CustomKind.Choice or CustomKind.MultiChoice;
        if (isChosen && field.Choices.Count == 0)
            errors.Add("choices", "A field to choose from has choices.");
        else if (!isChosen && field.Choices.Count > 0)
            errors.Add("choices", "Only a choice has choices.");
        else if (field.Choices.Any(c => c?.Value is null))
            errors.Add("choices", "Each choice has a value.");
        else if (field.Choices.Select(c => c.Value).Distinct().Count() < field.Choices.Count)
            errors.Add("choices", "Two choices have the same value.");
    }

    private static void Bounds(CustomField field, Errors errors)
    {
        var isText = IsText(field);
        foreach (var (name, bound) in (ReadOnlySpan<(string, decimal?)>)[("min", field.Min), ("max", field.Max)])
            if (bound is null)
                continue;
            else if (!isText && field.Kind is not (CustomKind.Number or CustomKind.Money))
                errors.Add(name, "Only numbers, amounts and texts have bounds.");
            else if (isText && (bound < 0 || bound % 1 != 0))
                errors.Add(name, "The length of a text is a whole number.");
        if (field.Min > field.Max)
            errors.Add("max", "max is not less than min.");
        if (isText && field.Max > Longest(field))
            errors.Add("max", TooLong(field with { Max = null }));
        else if (isText && field.Min > Longest(field))
            errors.Add("min", TooLong(field));
    }

    private static string TooLong(CustomField field) =>
        $"A {(field.Indexed ? "text that is indexed" : "text of this kind")} has {Longest(field)} characters at most.";

    private static void Pattern(CustomField field, Errors errors)
    {
        if (field.Pattern is null)
            return;
        if (field.Kind is not (CustomKind.Text or CustomKind.LongText))
        {
            errors.Add("pattern", "Only a text has a pattern.");
            return;
        }
        try
        {
            CustomRules.Compiled(field.Pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            errors.Add("pattern", "This is no regular expression that is matched in linear time (without look-arounds and back-references).");
        }
    }

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }
}
