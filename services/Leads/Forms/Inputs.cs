using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Forms;

/// <summary>How something is asked on a page.</summary>
/// <param name="Field">What the form says of it.</param>
/// <param name="Label">What stands beside it.</param>
/// <param name="Type">How it is typed: as HTML says, or <c>textarea</c>, <c>select</c>.</param>
/// <param name="Choices">What can be chosen.</param>
internal sealed record Input(FormField Field, string Label, string Type, IReadOnlyList<(string Value, string Label)> Choices)
{
    /// <summary>What somebody has typed, as the lead's field takes it.</summary>
    public JsonElement Read(string text) => Type switch
    {
        "number" => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Json(number) : Json(text),
        "checkbox" => Json(text is "on" or "true"),
        "list" => Json(text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        _ => Json(text),
    };

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Changes.Json);
}

/// <summary>What forms can ask: fields of a lead that may be set, those the tenant has added among them.</summary>
internal static class Inputs
{
    private static readonly string[] Address = ["street", "postalCode", "city", "region", "country"];
    private static readonly string[] NotAsked = ["emails", "phones", "address", "custom", "externalIds", "tags", "ownerId", "teamId", "formId", "referrer"];

    private static readonly Dictionary<string, PropertyInfo> Own = typeof(Lead).GetProperties()
        .Where(p => p.CanWrite && p.DeclaringType == typeof(Lead) && !p.IsDefined(typeof(SetBySlicesAttribute)) && IsTyped(p))
        .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

    /// <summary>The names of the fields a form can ask for.</summary>
    public static async ValueTask<IReadOnlySet<string>> Known(Session session) =>
        (await session.FieldNames<Lead>()).Where(name => Own.ContainsKey(name) || name.StartsWith("custom.", StringComparison.Ordinal))
            .Concat(Address.Select(part => $"address.{part}")).Except(NotAsked).ToHashSet();

    /// <summary>What a form asks, as it is asked now.</summary>
    public static async Task<IReadOnlyList<Input>> Of(Session session, Form form)
    {
        var added = (await session.Query<Added>(
            "select name, label, kind, choices::text as choices from custom_field where tenant = @tenant and record = 'lead' and deleted_at is null"))
            .ToDictionary(f => $"custom.{f.Name}");
        return [.. form.Fields.Select(field => added.TryGetValue(field.Field, out var own) ? Of(field, own) : Of(field))];
    }

    private static Input Of(FormField field)
    {
        if (!Own.TryGetValue(field.Field, out var property))
            return new(field, field.Label ?? Words(field.Field.Split('.')[^1]), "text", []);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var label = field.Label ?? property.GetCustomAttribute<LabelAttribute>()?.Text ?? Words(field.Field);
        IReadOnlyList<(string, string)> choices = type.IsEnum
            ? [.. Enum.GetNames(type).Select(n => (JsonNamingPolicy.CamelCase.ConvertName(n), Words(JsonNamingPolicy.CamelCase.ConvertName(n))))] : [];
        return new(field, label, type switch
        {
            { IsEnum: true } => "select",
            _ when type == typeof(int) || type == typeof(decimal) => "number",
            _ when type == typeof(bool) => "checkbox",
            _ when type == typeof(string[]) => "list",
            _ when property.GetCustomAttribute<KindAttribute>()?.Kind == FieldKind.LongText => "textarea",
            _ => property.GetCustomAttributes<ValidationAttribute>().Select(Typed).FirstOrDefault(t => t is not null) ?? "text",
        }, choices);
    }

    private static Input Of(FormField field, Added own)
    {
        var choices = JsonSerializer.Deserialize<List<Choice>>(own.Choices, Changes.Json)!;
        return new(field, field.Label ?? own.Label, own.Kind switch
        {
            "number" or "rating" => "number",
            "boolean" => "checkbox",
            "date" => "date",
            "longText" => "textarea",
            "choice" => "select",
            "multiChoice" => "list",
            "email" => "email",
            "phone" => "tel",
            "url" => "url",
            _ => "text",
        }, [.. choices.Select(c => (c.Value, c.Label ?? c.Value))]);
    }

    private static bool IsTyped(PropertyInfo property) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type
        && (type == typeof(string) || type == typeof(int) || type == typeof(decimal) || type == typeof(bool) || type == typeof(string[]) || type.IsEnum);

    private static string? Typed(ValidationAttribute rule) => rule switch
    {
        EmailAttribute => "email",
        PhoneNumberAttribute => "tel",
        WebAddressAttribute => "text", // a page is typed without its scheme as well
        _ => null,
    };

    // jobTitle → Job title
    private static string Words(string name) =>
        char.ToUpperInvariant(name[0]) + string.Concat(name.Skip(1).Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private sealed record Added
    {
        public required string Name { get; init; }

        public required string Label { get; init; }

        public required string Kind { get; init; }

        public required string Choices { get; init; }
    }

    private sealed record Choice(string Value, string? Label = null);
}
