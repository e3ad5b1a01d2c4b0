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
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly Func<Record, object?> get;

    internal Field(PropertyInfo property)
    {
        Property = property;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsOptional = Type != property.PropertyType || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Column = $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}\""; // quoted: "default" and "order" are good names for a field
        Label = property.GetCustomAttribute<LabelAttribute>()?.Text ?? Words(property.Name);
        Rules = [.. property.GetCustomAttributes<ValidationAttribute>()];
        RulesOfNothing = [.. Rules.Where(r => r is RequiredAttribute)];
        Refers = property.GetCustomAttribute<RefersAttribute>()?.Record;
        Deprecated = property.GetCustomAttribute<DeprecatedAttribute>();
        Example = property.GetCustomAttribute<ExampleAttribute>()?.Value;
        SearchWeight = property.GetCustomAttribute<SearchedAttribute>()?.Weight ?? 0;
        IsSensitive = property.IsDefined(typeof(SensitiveAttribute));
        (IsDerived, DerivedFrom) = (property.IsDefined(typeof(DerivedAttribute)), property.GetCustomAttribute<DerivedAttribute>()?.From ?? []);
        MadeFrom =
        [
            .. DerivedFrom, .. property.GetCustomAttribute<SetBySlicesAttribute>()?.From ?? [],
            .. property.GetCustomAttribute<InputAttribute>()?.Sets ?? [],
        ];
        IsSetBySlices = property.IsDefined(typeof(SetBySlicesAttribute)) || IsDerived && !property.CanWrite;
        IsSetWhenEntered = property.IsDefined(typeof(SetWhenEnteredAttribute));
        (Kind, ColumnType) = FieldTypes.Of(this);
        Choices = (Type.IsArray ? Type.GetElementType()! : Type) is { IsEnum: true } choices
            ? [.. Enum.GetNames(choices).Select(JsonNamingPolicy.CamelCase.ConvertName)] : null;
        get = Getter(property);
        Empty = IsOptional || Kind is not (FieldKind.Texts or FieldKind.MultiChoice or FieldKind.List or FieldKind.Custom)
            ? null : Type.IsArray ? Array.CreateInstance(Type.GetElementType()!, 0)
            : JsonSerializer.Deserialize(Kind == FieldKind.Custom ? "{}" : "[]", property.PropertyType, Changes.Json);
    }

    /// <summary>The name in JSON, filters and events.</summary>
    public string Name { get; }

    /// <summary>The name for people.</summary>
    public string Label { get; }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>The column in the table, quoted.</summary>
    public string Column { get; }

    /// <summary>The column's type.</summary>
    public NpgsqlDbType ColumnType { get; }

    /// <summary>What a value must satisfy.</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; }

    /// <summary>The record type it refers to, if it refers.</summary>
    public string? Refers { get; }

    /// <summary>That it is going away, if it is.</summary>
    public DeprecatedAttribute? Deprecated { get; }

    /// <summary>A value that somebody could have sent, if one is declared.</summary>
    public string? Example { get; }

    /// <summary>The values it can have, if they are fixed.</summary>
    public IReadOnlyList<string>? Choices { get; }

    /// <summary>What people call one of its fixed values, where it is not its name in words.</summary>
    public string? LabelOf(string choice) => (Type.IsArray ? Type.GetElementType()! : Type).GetFields(BindingFlags.Public | BindingFlags.Static)
        .FirstOrDefault(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name) == choice)?.GetCustomAttribute<LabelAttribute>()?.Text;

    /// <summary>How much it counts in a search; 0 when it is not searched.</summary>
    public int SearchWeight { get; }

    /// <summary>Whether it says something that not everybody should read.</summary>
    public bool IsSensitive { get; }

    /// <summary>Whether only slices set it.</summary>
    public bool IsSetBySlices { get; }

    /// <summary>Whether it is said when a record is entered, and set by slices alone from then on.</summary>
    public bool IsSetWhenEntered { get; }

    /// <summary>Whether it is computed from others.</summary>
    public bool IsDerived { get; }

    /// <summary>Whether it must have a value.</summary>
    public bool IsRequired => Rules.Any(r => r is RequiredAttribute);

    /// <summary>Whether null empties it; a list that is not optional is emptied to a list without members.</summary>
    public bool IsOptional { get; }

    /// <summary>Where the record's class declares it.</summary>
    public PropertyInfo Property { get; }

    // All others are satisfied where there is no value: so attributes for validation have it.
    internal IReadOnlyList<ValidationAttribute> RulesOfNothing { get; }

    internal Type Type { get; }

    internal IReadOnlyList<string> DerivedFrom { get; }

    /// <summary>The properties it says something of.</summary>
    public IReadOnlyList<string> MadeFrom { get; }

    internal bool IsJson => ColumnType == NpgsqlDbType.Jsonb;

    internal object? Of(Record record) => get(record);

    /// <summary>The value as its column takes it.</summary>
    internal object? ForColumn(Record record) => get(record) switch
    {
        null => null,
        var value when IsJson => JsonSerializer.Serialize(value, Property.PropertyType, Changes.Json),
        Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
        Array choices when Kind == FieldKind.MultiChoice => choices.Cast<Enum>().Select(c => JsonNamingPolicy.CamelCase.ConvertName(c.ToString())).ToArray(),
        var value => value,
    };

    internal JsonElement Json(object? value) => value is null ? Null : JsonSerializer.SerializeToElement(value, Property.PropertyType, Changes.Json);

    internal object? FromJson(JsonElement json) => json.Deserialize(Property.PropertyType, Changes.Json);

    internal bool Accepts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return IsOptional;
        if (Choices is not null && !IsChoice(json))
            return false;
        if (Kind is FieldKind.List or FieldKind.Texts or FieldKind.MultiChoice && json.ValueKind == JsonValueKind.Array
            && json.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Null))
            return false; // null is no member of a list
        try
        {
            return FromJson(json) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What a record has that was given nothing: null, or a list without members.</summary>
    internal object? Empty { get; }

    internal static bool IsEmpty(object? value) => value is null or System.Collections.ICollection { Count: 0 };

    internal bool IsEmpty(JsonElement json) => json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || Empty is not null && json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0;

    internal bool Same(object? a, object? b) => ReferenceEquals(a, b) || (IsJson ? JsonElement.DeepEquals(Json(a), Json(b)) : SameValue(a, b));

    // The one character that PostgreSQL's text cannot hold.
    internal bool CanKeep(object? value) => value switch
    {
        string text => !text.Contains('\0', StringComparison.Ordinal),
        string[] texts => texts.All(t => CanKeep(t)),
        not null when IsJson && !IsEmpty(value) =>
            JsonSerializer.SerializeToUtf8Bytes(value, Property.PropertyType, Changes.Json).AsSpan().IndexOf(@"\u0000"u8) < 0,
        _ => true,
    };

    private bool IsChoice(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Choices!.Contains(json.GetString()),
        JsonValueKind.Array => Type.IsArray && json.EnumerateArray().All(IsChoice),
        _ => false,
    };

    private static bool SameValue(object? a, object? b) =>
        a is Array x && b is Array y ? x.Cast<object>().SequenceEqual(y.Cast<object>()) : Equals(a, b);

    // JobTitle → Job title; AccountId → Account.
    private static string Words(string name)
    {
        var bare = name.EndsWith("Id", StringComparison.Ordinal) && name.Length > 2 ? name[..^2] : name;
        return bare[0] + string.Concat(bare.Skip(1).Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
    }

    private static Func<Record, object?> Getter(PropertyInfo property)
    {
        var record = Expression.Parameter(typeof(Record));
        var value = Expression.Property(Expression.Convert(record, property.DeclaringType!), property);
        return Expression.Lambda<Func<Record, object?>>(Expression.Convert(value, typeof(object)), record).Compile();
    }
}
