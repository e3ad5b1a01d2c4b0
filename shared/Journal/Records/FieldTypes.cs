using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using NpgsqlTypes;

namespace CrmPlatform.Journal.Records;

/// <summary>What follows from the C# type a field is declared with, and from what its attributes say.</summary>
internal static class FieldTypes
{
    /// <summary>The field's kind and its column's type.</summary>
    public static (FieldKind Kind, NpgsqlDbType Column) Of(Field field)
    {
        var (kind, column) = Plain(field);
        if (field.Property.GetCustomAttribute<KindAttribute>() is { } said)
            kind = said.Kind;
        else if (kind == FieldKind.Text)
            kind = field.Rules.Select(Kind).FirstOrDefault(k => k is not null) ?? kind;
        return (kind, column);
    }

    /// <summary>What people call a value of this kind.</summary>
    public static string Words(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.Email or FieldKind.Phone or FieldKind.Url => "a text",
        FieldKind.Integer or FieldKind.Rating => "a whole number",
        FieldKind.Number => "a number",
        FieldKind.Money => "an amount like {\"amount\": \"12.50\", \"currency\": \"EUR\"}",
        FieldKind.Date => "a date like 2026-01-31",
        FieldKind.Instant => "a time like 2026-01-31T12:00:00Z",
        FieldKind.Boolean => "true or false",
        FieldKind.Choice => "one of its choices",
        FieldKind.MultiChoice => "a list of its choices",
        FieldKind.Address => "an address",
        FieldKind.Reference => "an id",
        FieldKind.Texts => "a list of texts",
        FieldKind.List => "a list of its values",
        FieldKind.Custom => "an object",
        _ => "JSON",
    };

    private static (FieldKind, NpgsqlDbType) Plain(Field field) => field.Type switch
    {
        var t when t == typeof(string) => (FieldKind.Text, NpgsqlDbType.Text),
        var t when t == typeof(Guid) => (FieldKind.Reference, NpgsqlDbType.Uuid),
        var t when t == typeof(int) => (FieldKind.Integer, NpgsqlDbType.Integer),
        var t when t == typeof(long) => (FieldKind.Integer, NpgsqlDbType.Bigint),
        var t when t == typeof(decimal) => (FieldKind.Number, NpgsqlDbType.Numeric),
        var t when t == typeof(bool) => (FieldKind.Boolean, NpgsqlDbType.Boolean),
        var t when t == typeof(DateOnly) => (FieldKind.Date, NpgsqlDbType.Date),
        var t when t == typeof(DateTimeOffset) => (FieldKind.Instant, NpgsqlDbType.TimestampTz),
        var t when t == typeof(string[]) => (FieldKind.Texts, NpgsqlDbType.Array | NpgsqlDbType.Text),
        { IsEnum: true } => (FieldKind.Choice, NpgsqlDbType.Text),
        { IsArray: true } t when t.GetElementType()!.IsEnum => (FieldKind.MultiChoice, NpgsqlDbType.Array | NpgsqlDbType.Text),
        var t when t == typeof(Money) => (FieldKind.Money, NpgsqlDbType.Jsonb),
        var t when t == typeof(Address) => (FieldKind.Address, NpgsqlDbType.Jsonb),
        var t when t == typeof(JsonElement) => (FieldKind.Json, NpgsqlDbType.Jsonb),
        var t when t == typeof(IReadOnlyDictionary<string, JsonElement>) => (FieldKind.Custom, NpgsqlDbType.Jsonb),
        { IsGenericType: true } t when t.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => (FieldKind.List, NpgsqlDbType.Jsonb),
        _ => throw new InvalidOperationException($"{field.Property.DeclaringType!.Name}.{field.Property.Name}: no kind of field is a {field.Type.Name}."),
    };

    private static FieldKind? Kind(ValidationAttribute rule) => rule switch
    {
        EmailAddressAttribute or EmailAttribute => FieldKind.Email,
        PhoneNumberAttribute => FieldKind.Phone,
        WebAddressAttribute => FieldKind.Url,
        _ => null,
    };
}
