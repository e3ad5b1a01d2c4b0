using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Leads.Conversion;

/// <summary>What is done with a field, where it is not what is done as a rule.</summary>
public enum FieldUse
{
    /// <summary>Nothing is taken.</summary>
    Leave,

    /// <summary>What the lead says takes the place of what is there.</summary>
    Replace,
}

/// <summary>
/// A field that somebody decides about: as a rule a new record takes what the lead says, and one that is there is filled where it is empty.
/// </summary>
/// <param name="Target">Whose field it is.</param>
/// <param name="To">The field, as the mapping names it: <c>jobTitle</c>, <c>custom.size</c>.</param>
/// <param name="Use">What is done with it.</param>
public sealed record FieldAsked([property: Required] ConversionTarget? Target, [property: Required, StringLength(100)] string To, FieldUse Use);

/// <summary>What somebody has decided about the fields of a conversion.</summary>
internal static class FieldsAsked
{
    private const string Own = "custom.";

    /// <summary>Refuses what is said of fields that nothing of a lead becomes.</summary>
    public static void Check(IReadOnlyList<FieldAsked>? asked, IEnumerable<Becomes> mapping)
    {
        var (known, errors) = (mapping.Select(m => (m.Target, m.To)).ToHashSet(), new Errors());
        for (var i = 0; i < asked?.Count; i++)
            if (!known.Contains((asked[i].Target!.Value, asked[i].To)))
                errors.Add($"fields[{i}].to", $"Nothing of a lead becomes {asked[i].To}.", BrokenRule.Unknown);
        errors.Throw();
    }

    /// <summary>The fields of a target without those that are left out.</summary>
    public static Dictionary<string, JsonElement> Without(
        this Dictionary<string, JsonElement> fields, IReadOnlyList<FieldAsked>? asked, ConversionTarget target)
    {
        var left = Of(asked, target, FieldUse.Leave).ToHashSet();
        var taken = fields.Where(f => !left.Contains(f.Key)).ToDictionary();
        if (taken.GetValueOrDefault("custom") is { ValueKind: JsonValueKind.Object } custom)
            taken["custom"] = JsonSerializer.SerializeToElement(
                custom.EnumerateObject().Where(own => !left.Contains(Own + own.Name)).ToDictionary(own => own.Name, own => own.Value));
        return taken;
    }

    /// <summary>Those that take the place of what is there; none is null.</summary>
    public static IReadOnlyList<string>? Replaced(IReadOnlyList<FieldAsked>? asked, ConversionTarget target) =>
        Of(asked, target, FieldUse.Replace).ToList() is { Count: > 0 } some ? some : null;

    private static IEnumerable<string> Of(IReadOnlyList<FieldAsked>? asked, ConversionTarget target, FieldUse use) =>
        asked?.Where(one => one.Target == target && one.Use == use).Select(one => one.To).Distinct() ?? [];
}
