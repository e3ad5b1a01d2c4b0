using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using CrmPlatform.Contracts;
using NpgsqlTypes;

namespace CrmPlatform.Journal.Records;

/// <summary>One field of a record type: its name for people and programs, its column, its rules.</summary>
public sealed class Field
{
    private static readonly Dictionary<Type, NpgsqlDbType> ColumnTypes = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(Guid)] = NpgsqlDbType.Uuid,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(decimal)] = NpgsqlDbType.Numeric,
        [typeof(bool)] = NpgsqlDbType.Boolean,
        [typeof(DateOnly)] = NpgsqlDbType.Date,
        [typeof(DateTimeOffset)] = NpgsqlDbType.TimestampTz,
        [typeof(string[])] = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };

    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly bool optional;
    private readonly Func<Record, object?> get;

    internal Field(PropertyInfo property)
    {
        optional = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        Property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Column = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        ColumnType = ColumnTypes.TryGetValue(type, out var known)
            ? known
            : throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name}: no column type for {type.Name}.");
        Rules = [.. property.GetCustomAttributes<ValidationAttribute>()];
        get = Getter(property);
    }

    /// <summary>The name in JSON, filters and events.</summary>
    public string Name { get; }

    /// <summary>The column in the table.</summary>
    public string Column { get; }

    /// <summary>The column's type.</summary>
    public NpgsqlDbType ColumnType { get; }

    /// <summary>What a value must satisfy.</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; }

    /// <summary>Where the record's class declares it.</summary>
    public PropertyInfo Property { get; }

    internal object? Of(Record record) => get(record);

    internal JsonElement Json(object? value) => value is null ? Null : JsonSerializer.SerializeToElement(value, Property.PropertyType, Changes.Json);

    internal object? FromJson(JsonElement json) => json.Deserialize(Property.PropertyType, Changes.Json);

    /// <summary>What people call a value of this type.</summary>
    internal string Kind => (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) switch
    {
        var t when t == typeof(string) => "a text",
        var t when t == typeof(Guid) => "an id",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateOnly) => "a date like 2026-01-31",
        var t when t == typeof(DateTimeOffset) => "a time like 2026-01-31T12:00:00Z",
        var t when t == typeof(string[]) => "a list of texts",
        _ => "a number",
    };

    internal bool Accepts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return Nullable.GetUnderlyingType(Property.PropertyType) is not null || optional;
        try
        {
            return FromJson(json) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Func<Record, object?> Getter(PropertyInfo property)
    {
        var record = Expression.Parameter(typeof(Record));
        var value = Expression.Property(Expression.Convert(record, property.DeclaringType!), property);
        return Expression.Lambda<Func<Record, object?>>(Expression.Convert(value, typeof(object)), record).Compile();
    }

    // The one character that PostgreSQL's text cannot hold.
    internal static bool CanKeep(object? value) => value switch
    {
        string text => !text.Contains('\0', StringComparison.Ordinal),
        string[] texts => texts.All(CanKeep),
        _ => true,
    };

    internal static bool Same(object? a, object? b) =>
        a is Array x && b is Array y ? x.Cast<object>().SequenceEqual(y.Cast<object>()) : Equals(a, b);
}
