using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Fields;

/// <summary>The custom fields of a record type, below its own doors: <c>/contacts/fields</c>.</summary>
internal static class FieldSection
{
    public static Section<CustomField> Of(RecordType type, string plural) => new($"{plural}/fields", $"{type.Name}Field", $"{type.Name}Fields")
    {
        What = $"custom field of a {type.Name}",
        Whats = $"custom fields of {plural}",
        Order = "createdAt",
        Within = _ => $"record = {Expression.Quote(type.Name)}",
        Blank = _ => new CustomField { Record = type.Name },
    };
}
