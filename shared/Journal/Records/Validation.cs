using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records.Custom;

namespace CrmPlatform.Journal.Records;

/// <summary>The one validator: every write of every door passes it inside the session.</summary>
internal static class Validation
{
    /// <summary>Sets fields from JSON; refuses with all names that are no field and all values of the wrong type.</summary>
    public static Record Apply(RecordType type, Record record, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var errors = new Errors();
        var values = new Dictionary<string, JsonElement>();
        foreach (var (name, value) in fields)
            if (name == RecordType.Custom && value.ValueKind == JsonValueKind.Object)
                foreach (var own in value.EnumerateObject())
                    values[RecordType.Own(own.Name)] = own.Value;
            else if (type.Find(name) is not { } field)
                errors.Add(name, $"A {type.Name} has no field {name} that can be changed.");
            else if (field.IsSetBySlices)
                errors.Add(name, $"{name} is not set by editing.");
            else if (!field.Accepts(value))
                errors.Add(name, field.Choices is { } choices
                    ? $"{name} is one of {string.Join(", ", choices)}." : $"{name} is not {FieldTypes.Words(field.Kind)}.");
            else
                values[name] = value;
        errors.Throw();
        return type.With(record, values);
    }

    /// <summary>Refuses with all broken rules of the given fields at once, so that a form shows them together.</summary>
    public static void Check(RecordType type, Record record, Changes? changed, IReadOnlyList<CustomField> own)
    {
        var errors = new Errors();
        foreach (var field in type.Fields)
        {
            if (field.Kind == FieldKind.Custom || changed?.ContainsKey(field.Name) == false)
                continue;
            var value = field.Of(record);
            if (!field.CanKeep(value))
                errors.Add(field.Name, $"{field.Name} contains a character that cannot be kept (U+0000).");
            foreach (var rule in field.Rules)
                if (rule.GetValidationResult(value, Context(record, field)) is { ErrorMessage: { } broken })
                    errors.Add(field.Name, broken);
            if (field.IsJson)
                Inside(field.Name, value, errors);
        }
        CustomRules.Check(record, changed, own, errors);
        errors.Throw();
    }

    private static ValidationContext Context(Record record, Field field) => new(record) { DisplayName = field.Name, MemberName = field.Property.Name };

    // emails[1].address
    private static void Inside(string path, object? value, Errors errors)
    {
        if (value is System.Collections.IEnumerable list and not string)
        {
            var i = 0;
            foreach (var one in list)
                Inside($"{path}[{i++}]", one, errors);
            return;
        }
        if (value is null or JsonElement || value.GetType().IsPrimitive || value is string)
            return;
        var broken = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), broken, validateAllProperties: true);
        foreach (var result in broken)
            errors.Add(string.Join('.', [path, .. result.MemberNames.Take(1).Select(JsonNamingPolicy.CamelCase.ConvertName)]), result.ErrorMessage!);
    }
}

/// <summary>What is wrong, by field, as it is being found out.</summary>
internal sealed class Errors
{
    private Dictionary<string, string[]>? found;

    public void Add(string field, string message) => (found ??= [])[field] = [.. found?.GetValueOrDefault(field) ?? [], message];

    public void Throw()
    {
        if (found is not null)
            throw Refusal.Invalid(found);
    }
}
