using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmPlatform.Contracts;

namespace CrmPlatform.Journal.Records;

/// <summary>The one validator: every write of every door passes it inside the session.</summary>
internal static class Validation
{
    /// <summary>Sets fields from JSON; refuses with all names that are no field and all values of the wrong type.</summary>
    public static Record Apply(RecordType type, Record record, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, value) in fields)
            if (type.Fields.FirstOrDefault(f => f.Name == name) is not { } field)
                errors[name] = [$"A {type.Name} has no field {name} that can be changed."];
            else if (!field.Accepts(value))
                errors[name] = [$"{name} is not {field.Kind}."];
        return errors.Count == 0 ? type.With(record, fields) : throw Refusal.Invalid(errors);
    }

    /// <summary>Refuses with all broken rules of the given fields at once, so that a form shows them together.</summary>
    public static void Check(RecordType type, Record record, Changes? changed)
    {
        Dictionary<string, string[]>? errors = null;
        foreach (var field in type.Fields)
        {
            if (changed?.ContainsKey(field.Name) == false)
                continue;
            var value = field.Of(record);
            if (!Field.CanKeep(value))
                (errors ??= [])[field.Name] = [$"{field.Name} contains a character that cannot be kept (U+0000)."];
            if (field.Rules.Count == 0)
                continue;
            var context = new ValidationContext(record) { DisplayName = field.Name, MemberName = field.Property.Name };
            foreach (var rule in field.Rules)
                if (rule.GetValidationResult(value, context)?.ErrorMessage is { } broken)
                    (errors ??= [])[field.Name] = [.. errors?.GetValueOrDefault(field.Name) ?? [], broken];
        }
        if (errors is not null)
            throw Refusal.Invalid(errors);
    }
}
