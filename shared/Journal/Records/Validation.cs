using System.ComponentModel.DataAnnotations;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Records;

/// <summary>The one validator: every write of every door passes it inside the session.</summary>
internal static class Validation
{
    /// <summary>Refuses with all broken rules of the given fields at once, so that a form shows them together.</summary>
    public static void Check(RecordType type, Record record, Changes? changed)
    {
        Dictionary<string, string[]>? errors = null;
        foreach (var field in type.Fields)
        {
            if (field.Rules.Count == 0 || changed?.ContainsKey(field.Name) == false)
                continue;
            var value = field.Of(record);
            var context = new ValidationContext(record) { DisplayName = field.Name, MemberName = field.Property.Name };
            var broken = field.Rules.Select(r => r.GetValidationResult(value, context)?.ErrorMessage).OfType<string>().ToArray();
            if (broken.Length > 0)
                (errors ??= [])[field.Name] = broken;
        }
        if (errors is not null)
            throw Refusal.Invalid(errors);
    }
}
