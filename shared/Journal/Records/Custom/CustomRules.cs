using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>Holds the fields a tenant has added to the same rules as declared ones.</summary>
internal static class CustomRules
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly EmailAttribute Email = new();
    private static readonly PhoneNumberAttribute Phone = new();
    private static readonly WebAddressAttribute Web = new();
    private static readonly ConditionalWeakTable<CustomField, Regex> Patterns = [];

    /// <summary>A new record with the defaults of what it leaves empty.</summary>
    public static T WithDefaults<T>(T record, IReadOnlyList<CustomField> fields)
        where T : Record
    {
        var missing = fields.Where(f => f.Default is { ValueKind: not JsonValueKind.Null } && !f.Retired && !record.Custom.ContainsKey(f.Name)).ToList();
        return missing.Count == 0 ? record : record with
        {
            Custom = record.Custom.Concat(missing.Select(f => KeyValuePair.Create(f.Name, f.Default!.Value))).ToDictionary(),
        };
    }

    /// <summary>A record whose moments are written in the one way that sorts and is indexed: in UTC. All else is kept as it was sent.</summary>
    public static T Normal<T>(Record? before, T after, IReadOnlyList<CustomField> fields)
        where T : Record
    {
        Dictionary<string, JsonElement>? custom = null;
        if (!ReferenceEquals(before?.Custom, after.Custom) && after.Custom.Count > 0)
            foreach (var field in fields.Where(f => f.Kind == CustomKind.Instant))
                if (after.Custom.TryGetValue(field.Name, out var value) && Moment(value) is { } at)
                    (custom ??= new(after.Custom))[field.Name] = JsonSerializer.SerializeToElement(
                        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        return custom is null ? after : after with { Custom = custom };
    }

    /// <summary>Adds what is wrong with the changed ones; of a new record, with all.</summary>
    public static void Check(Record record, Changes? changed, IReadOnlyList<CustomField> fields, Errors errors)
    {
        foreach (var field in fields)
        {
            var name = RecordType.Own(field.Name);
            if (changed?.ContainsKey(name) == false)
                continue;
            var value = record.Custom.TryGetValue(field.Name, out var given) ? given : default;
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                if (field is { Required: true, Retired: false })
                    errors.Add(name, $"The {name} field is required.", BrokenRule.Required);
            }
            else if (field.Retired)
                errors.Add(name, $"{name} is retired: it can be emptied, not set.", BrokenRule.Retired);
            else if (Broken(field, value) is { } broken)
                errors.Add(name, $"{name} {broken}", CustomBounds.Of(field, value));
        }
        if (record.Custom.Count == 0)
            return;
        var known = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var own in record.Custom.Keys.Where(k => changed?.ContainsKey(RecordType.Own(k)) != false))
            if (!known.Contains(own))
                errors.Add(RecordType.Own(own), Unknown(own), BrokenRule.Unknown);
    }

    /// <summary>What is said of a field that is not there.</summary>
    public static string Unknown(string name) => $"There is no custom field {name} that can be set.";

    /// <summary>What is wrong with a value, or null.</summary>
    public static string? Broken(CustomField field, JsonElement value) => field.Kind switch
    {
        CustomKind.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? Range(field, number) : "is not a number.",
        CustomKind.Rating => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var stars) && stars is >= 1 and <= 5 ? null : "is 1 to 5.",
        CustomKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "is not true or false.",
        CustomKind.Date => Text(value) is { } day && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null : "is not a date like 2026-01-31.",
        CustomKind.Instant => Moment(value) is not null ? null : "is not a time like 2026-01-31T12:00:00Z.",
        CustomKind.Reference => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out _) ? null : "is not an id.",
        CustomKind.Money => Money(value) is { } amount ? Range(field, amount) : "is not an amount like {\"amount\": \"12.50\", \"currency\": \"EUR\"}.",
        CustomKind.Choice => Text(value) is { } chosen ? Chosen(field, chosen) : "is not one of its choices.",
        CustomKind.MultiChoice => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => Text(v) is not null)
            ? value.EnumerateArray().Select(v => Chosen(field, v.GetString()!)).FirstOrDefault(b => b is not null) : "is not a list of its choices.",
        CustomKind.Formula or CustomKind.RollUp => "is computed, and never set.",
        CustomKind.Json => value.GetRawText() is { Length: <= 20_000 } raw && !raw.Contains(@"\u0000", StringComparison.Ordinal) ? null : "is too long.",
        _ => Text(value) is { } text ? Words(field, text) : "is not a text.",
    };

    private static string? Words(CustomField field, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            return "contains a character that cannot be kept (U+0000).";
        if (text.Length > FieldDefinition.Longest(field))
            return $"has {FieldDefinition.Longest(field)} characters at most.";
        if (text.Length < field.Min)
            return $"has {field.Min} characters at least.";
        return field.Kind switch
        {
            CustomKind.Email when !Email.IsValid(text) => "is not an e-mail address.",
            CustomKind.Phone when !Phone.IsValid(text) => "is not a phone number like +4930123456.",
            CustomKind.Url when !Web.IsValid(text) => "is not an address like https://example.com.",
            _ => field.Pattern is { } pattern ? Matches(field, pattern, text) : null,
        };
    }

    /// <summary>A tenant's pattern for whole texts. It does not backtrack: it takes linear time, whatever it is.</summary>
    public static Regex Compiled(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        _ = new Regex(pattern, Options, Patience); // by itself, so that it cannot close what stands around it
        return new Regex($@"^(?:{pattern})\z", Options, Patience);
    }

    private static string? Matches(CustomField field, string pattern, string text)
    {
        try
        {
            return Patterns.GetValue(field, f => Compiled(f.Pattern!)).IsMatch(text) ? null : $"does not match {pattern}.";
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or NotSupportedException or ArgumentException)
        {
            return $"cannot be compared with {pattern}, which is too complex.";
        }
    }

    private static string? Range(CustomField field, decimal number) =>
        number < field.Min ? $"is {field.Min} at least." : number > field.Max ? $"is {field.Max} at most." : null;

    private static string? Chosen(CustomField field, string value) => field.Choices.Any(c => c.Value == value && !c.Retired)
        ? null : $"is one of {string.Join(", ", field.Choices.Where(c => !c.Retired).Take(20).Select(c => c.Value))}.";

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // With its distance from UTC: without one it would mean what the server's clock is set to.
    private static DateTimeOffset? Moment(JsonElement value) => Text(value) is { Length: > 16 and <= 40 } text && text[10] == 'T'
        && (text[^1] == 'Z' || text[16..].AsSpan().IndexOfAny('+', '-') >= 0) && value.TryGetDateTimeOffset(out var at) ? at : null;

    private static decimal? Money(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => p.Name is "amount" or "currency")
                && value.EnumerateObject().Count() == 2
                && value.Deserialize<Money>(Changes.Json) is { Currency.Length: 3 } money && money.Currency.All(char.IsAsciiLetterUpper) ? money.Amount : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
