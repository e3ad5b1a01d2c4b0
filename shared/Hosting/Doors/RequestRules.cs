using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Journal;

namespace CrmPlatform.Hosting.Doors;

/// <summary>Holds what a slice is sent to what its request declares, before it does anything: what the document says of a request is so.</summary>
internal static class RequestRules
{
    private static readonly ConcurrentDictionary<Type, Part[]> Known = new();

    /// <summary>Refuses with all that is wrong, by field.</summary>
    public static void Hold(IEnumerable<object?> arguments)
    {
        var errors = new Errors();
        foreach (var argument in arguments)
            if (argument is not null && IsRequest(argument.GetType()))
                Look("", argument, errors);
        errors.Throw();
    }

    // It is declared in its slice; records and their drafts have a validator of their own.
    private static bool IsRequest(Type type) => type is { IsClass: true, DeclaringType: { IsAbstract: true, IsSealed: true } };

    private static void Look(string path, object value, Errors errors)
    {
        var context = new ValidationContext(value);
        foreach (var part in Known.GetOrAdd(value.GetType(), Parts))
        {
            var (name, said) = (path + part.Name, part.Property.GetValue(value));
            context.MemberName = context.DisplayName = part.Name;
            if (said is null && part.IsNeeded)
                errors.Add(name, $"{part.Name} is needed.", BrokenRule.Required);
            else if (said is string text && text.Contains('\0', StringComparison.Ordinal))
                errors.Add(name, $"{part.Name} contains a character that cannot be kept (U+0000).", BrokenRule.Signs);
            else if (Breaks(part, name, said, context, errors))
                continue;
            else if (said is not null && part.IsDeep)
                Deeper(name, said, errors);
        }
    }

    private static bool Breaks(Part part, string name, object? said, ValidationContext context, Errors errors)
    {
        var known = errors.Count;
        foreach (var rule in part.Rules.Where(rule => said is not null || rule is RequiredAttribute))
            if (rule.GetValidationResult(said, context)?.ErrorMessage is { } broken)
                errors.Add(name, broken, BrokenRule.Of(rule));
        return errors.Count > known;
    }

    private static void Deeper(string name, object said, Errors errors)
    {
        if (said is not IEnumerable list)
            Look($"{name}.", said, errors);
        else
            foreach (var (one, i) in list.Cast<object?>().Select((one, i) => (one, i)))
                if (one is null)
                    errors.Add($"{name}[{i}]", "null is no member of a list.", BrokenRule.Required);
                else if (IsOurs(one.GetType()))
                    Look($"{name}[{i}].", one, errors);
    }

    private static Part[] Parts(Type type) =>
    [
        .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(JsonIgnoreAttribute))
           let member = property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
               ? list.GetGenericArguments()[0] : property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : null
           select new Part(
               JsonNamingPolicy.CamelCase.ConvertName(property.Name), property, [.. property.GetCustomAttributes<ValidationAttribute>()],
               !property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull,
               member is { IsClass: true } || IsOurs(property.PropertyType)),
    ];

    private static bool IsOurs(Type type) => type.IsClass && type.Namespace?.StartsWith("CrmPlatform", StringComparison.Ordinal) == true;

    private sealed record Part(string Name, PropertyInfo Property, ValidationAttribute[] Rules, bool IsNeeded, bool IsDeep);
}
