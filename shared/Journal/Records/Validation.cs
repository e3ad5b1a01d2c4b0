using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal.Records;

/// <summary>The one validator: every write of every door passes it inside the session.</summary>
internal static class Validation
{
    /// <summary>Sets fields from JSON; refuses with all names that are no field as far as the writer knows, and all values of the wrong type.</summary>
    public static Record Apply(
        RecordType type, Record record, IReadOnlyDictionary<string, JsonElement> fields, IReadOnlyList<CustomField> known, Sight sight)
    {
        var errors = new Errors();
        var (values, derived) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var (name, value) in fields)
            if (name == RecordType.Custom && value.ValueKind == JsonValueKind.Object && sight.Knows(name))
                foreach (var own in sight.IsWhole ? value.EnumerateObject() : Settable(value, known, sight, errors))
                    values[RecordType.Own(own.Name)] = own.Value;
            else if (type.Sent(name) is not { } field || !sight.Knows(name))
                errors.Add(name, $"A {type.Name} has no field {name} that can be changed.", BrokenRule.Unknown);
            else if (sight[name] < FieldRight.Full)
                errors.Add(name, NotYours(name), BrokenRule.NotYours);
            else if (field.IsSetBySlices)
                errors.Add(name, $"{name} is not set by editing.", BrokenRule.Fixed);
            else if (field.IsSetWhenEntered && record.Version > 0 && !type.Same(name, field.Json(field.Of(record)), value))
                errors.Add(name, $"{name} is said when a {type.Name} is entered, and not changed by editing.", BrokenRule.Fixed);
            else if (!field.Accepts(value))
                errors.Add(
                    name, field.Choices is { } choices ? $"{name} is one of {string.Join(", ", choices)}." : $"{name} is not {FieldTypes.Words(field.Kind)}.",
                    field.Choices is { } allowed ? BrokenRule.OneOf(allowed) : BrokenRule.Of(field.Kind));
            else
            {
                (field.IsDerived ? derived : values)[name] = Trimmed(field, value);
                if (type.Find(name) is null)
                    Rules(record, field, field.FromJson(value), errors); // an input is gone when the record is checked
            }
        errors.Throw();
        return type.With(record, [.. values, .. derived]); // what is computed from another wins over it
    }

    // One that the writer does not know of is refused like one that is not there; emptying either changes nothing.
    private static IEnumerable<JsonProperty> Settable(JsonElement custom, IReadOnlyList<CustomField> known, Sight sight, Errors errors)
    {
        var names = known.Select(f => f.Name).Where(n => sight.Knows(RecordType.Own(n))).ToHashSet();
        var computed = known.Where(FieldDefinition.IsComputed).Select(f => f.Name).ToHashSet();
        foreach (var sent in custom.EnumerateObject())
        {
            var (name, isKnown) = (RecordType.Own(sent.Name), names.Contains(sent.Name));
            if (isKnown && computed.Contains(sent.Name))
                isKnown = false; // whether it is hidden depends on what it is computed from; either way it is not set
            if (isKnown && sight[name] < FieldRight.Full)
                errors.Add(name, NotYours(name), BrokenRule.NotYours);
            else if (isKnown)
                yield return sent;
            else if (sent.Value.ValueKind != JsonValueKind.Null)
                errors.Add(name, CustomRules.Unknown(sent.Name), BrokenRule.Unknown);
        }
    }

    private static string NotYours(string name) => $"Your roles do not let you change {name}.";

    // Spaces around a line of text are never meant, and one of spaces alone is none.
    private static JsonElement Trimmed(Field field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || field.Kind is not (FieldKind.Text or FieldKind.Email or FieldKind.Phone or FieldKind.Url))
            return value;
        var (text, trimmed) = (value.GetString()!, value.GetString()!.Trim());
        return trimmed.Length == text.Length && (text.Length > 0 || !field.IsOptional) ? value
            : field.Json(trimmed.Length == 0 && field.IsOptional ? null : trimmed);
    }

    /// <summary>Refuses with all broken rules of the given fields at once, so that a form shows them together.</summary>
    /// <remarks>A derived field is checked when its writer sent it, and then speaks for what it is derived from.</remarks>
    public static void Check(
        RecordType type, Record record, Changes? changed, IReadOnlyList<CustomField> own, Sight sight, IEnumerable<string>? sent = null)
    {
        var errors = new Errors();
        var spoken = new HashSet<string>();
        foreach (var name in sent ?? [])
            if (type.Find(name) is { IsDerived: true } derived && !Rules(record, derived, derived.Of(record), errors))
                spoken.UnionWith(derived.DerivedFrom);
        foreach (var field in type.Fields)
        {
            if (field.Kind == FieldKind.Custom || field.IsDerived || spoken.Contains(field.Property.Name) || changed?.ContainsKey(field.Name) == false)
                continue;
            var value = field.Of(record);
            Rules(record, field, value, errors);
            if (field.IsJson)
                Inside(field.Name, value, errors);
        }
        CustomRules.Check(record, changed, own, errors);
        errors.Throw(sight);
    }

    private static bool Rules(Record record, Field field, object? value, Errors errors)
    {
        var known = errors.Count;
        if (!field.CanKeep(value))
            errors.Add(field.Name, $"{field.Name} contains a character that cannot be kept (U+0000).", BrokenRule.Signs);
        var rules = value is null ? field.RulesOfNothing : field.Rules;
        if (rules.Count == 0)
            return errors.Count == known;
        var context = new ValidationContext(record) { DisplayName = field.Name, MemberName = field.Property.Name };
        foreach (var rule in rules)
            if (rule.GetValidationResult(value, context) is { ErrorMessage: { } broken })
                errors.Add(field.Name, broken, BrokenRule.Of(rule));
        return errors.Count == known;
    }

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
        var context = new ValidationContext(value);
        foreach (var (part, rules, isNeeded) in Parts.GetOrAdd(value.GetType(), PartsOf))
        {
            var said = part.GetValue(value);
            context.MemberName = context.DisplayName = part.Name;
            if (said is null && isNeeded)
                errors.Add($"{path}.{JsonNamingPolicy.CamelCase.ConvertName(part.Name)}", $"The {part.Name} field is required.", BrokenRule.Required);
            foreach (var rule in rules)
                if (rule.GetValidationResult(said, context) is { ErrorMessage: { } broken })
                {
                    errors.Add($"{path}.{JsonNamingPolicy.CamelCase.ConvertName(part.Name)}", broken, BrokenRule.Of(rule));
                    if (rule is RequiredAttribute)
                        break; // of what is not there nothing else is asked
                }
        }
    }

    private static readonly ConcurrentDictionary<Type, (PropertyInfo Part, ValidationAttribute[] Rules, bool IsNeeded)[]> Parts = new();

    // What is declared to be there is, also where JSON says null.
    private static (PropertyInfo, ValidationAttribute[], bool)[] PartsOf(Type type) =>
    [
        .. type.GetProperties().Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => (p, p.GetCustomAttributes<ValidationAttribute>().OrderBy(rule => rule is not RequiredAttribute).ToArray(),
                !p.PropertyType.IsValueType && !p.IsDefined(typeof(RequiredAttribute))
                    && new NullabilityInfoContext().Create(p).ReadState == NullabilityState.NotNull))
            .Where(part => part.Item2.Length > 0 || part.Item3),
    ];
}
