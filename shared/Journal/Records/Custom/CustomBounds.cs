using System.Text.Json;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>Within which bounds a value that does not fit a tenant's own field would fit.</summary>
internal static class CustomBounds
{
    /// <summary>The rule it breaks.</summary>
    public static BrokenRule Of(CustomField field, JsonElement value) => field.Kind switch
    {
        CustomKind.Number when value.ValueKind == JsonValueKind.Number => BrokenRule.Range(field.Min, field.Max),
        CustomKind.Money when value.ValueKind == JsonValueKind.Object && (field.Min ?? field.Max) is not null => BrokenRule.Range(field.Min, field.Max),
        CustomKind.Rating => BrokenRule.Range(1, 5),
        CustomKind.Choice or CustomKind.MultiChoice => BrokenRule.OneOf(field.Choices.Where(c => !c.Retired).Take(20).Select(c => c.Value)),
        CustomKind.Formula or CustomKind.RollUp => BrokenRule.Fixed,
        _ when FieldDefinition.IsText(field) && value.ValueKind == JsonValueKind.String => OfText(field, value.GetString()!),
        _ => new("kind") { Kind = JsonNamingPolicy.CamelCase.ConvertName($"{field.Kind}") },
    };

    private static BrokenRule OfText(CustomField field, string text) => text.Contains('\0', StringComparison.Ordinal) ? BrokenRule.Signs
        : text.Length > FieldDefinition.Longest(field) || text.Length < field.Min ? BrokenRule.Length(field.Min, FieldDefinition.Longest(field))
        : field.Kind switch
        {
            CustomKind.Email => new("email"),
            CustomKind.Phone => new("phone"),
            CustomKind.Url => new("url"),
            _ => new("pattern") { Pattern = field.Pattern },
        };
}
