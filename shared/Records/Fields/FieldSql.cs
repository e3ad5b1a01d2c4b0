using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;

namespace CrmPlatform.Records.Fields;

/// <summary>How SQL reaches the value of a custom field; an index on it is made of exactly this.</summary>
internal static class FieldSql
{
    // Names have letters and digits alone: nothing in them ends a text constant.
    public static string Of(CustomField field) => Shapes.KindOf(field) switch
    {
        Kind.Number => $"crm.number({Member(field)})",
        Kind.Money => $"crm.amount({Member(field)})",
        Kind.Date => $"crm.day({Member(field)})",
        Kind.Instant => $"crm.moment({Member(field)})",
        Kind.Boolean => $"crm.truth({Member(field)})",
        Kind.Reference => $"crm.id({Member(field)})",
        Kind.List => $"({Member(field)})",
        _ when field.Indexed && FieldDefinition.IsText(field) => $"left({Text(field)}, {FieldDefinition.LongestIndexed})",
        _ => $"({Text(field)})",
    };

    public static string? Currency(CustomField field) => field.Kind == CustomKind.Money ? $"({Member(field)}->>'currency')" : null;

    private static string Member(CustomField field) => $"{{r}}.{RecordType.Custom}->'{field.Name}'";

    private static string Text(CustomField field) => $"{{r}}.{RecordType.Custom}->>'{field.Name}'";
}
