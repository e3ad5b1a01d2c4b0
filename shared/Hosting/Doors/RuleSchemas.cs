using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>What the rules of a field, or of a part of one, say of its schema: whoever keeps to the document is not refused.</summary>
internal static class RuleSchemas
{
    private const string Phone = @"^\+[1-9]\d{6,14}$";

    public static void Hold(OpenApiSchema schema, IEnumerable<ValidationAttribute> rules)
    {
        foreach (var rule in rules)
            Hold(schema, rule);
    }

    private static void Hold(OpenApiSchema schema, ValidationAttribute rule)
    {
        switch (rule)
        {
            case StringLengthAttribute length:
                (schema.MaxLength, schema.MinLength) = (length.MaximumLength, length.MinimumLength > 0 ? length.MinimumLength : schema.MinLength);
                break;
            case RequiredAttribute when schema is { Type: JsonSchemaType.String, Format: null, Enum: null }:
                schema.MinLength ??= 1;
                break;
            case RegularExpressionAttribute pattern:
                schema.Pattern = $"^(?:{pattern.Pattern})$";
                break;
            case RangeAttribute range:
                (schema.Minimum, schema.Maximum) = ($"{range.Minimum}", $"{range.Maximum}");
                break;
            case MaxItemsAttribute items:
                schema.MaxItems = items.Most;
                break;
            case ItemLengthAttribute each when schema.Items is OpenApiSchema item:
                (item.MinLength, item.MaxLength) = (1, each.Most);
                break;
            case EmailAttribute or EmailAddressAttribute:
                schema.Format = "email";
                break;
            case WebAddressAttribute:
                schema.Format = "uri";
                break;
            case PhoneNumberAttribute:
                schema.Pattern = Phone;
                break;
        }
    }
}
