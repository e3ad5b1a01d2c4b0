using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmPlatform.Contracts;

/// <summary>Names an event as everybody hears it: <c>service.record.fact</c>, which is also its routing key.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventAttribute(string type) : Attribute
{
    /// <summary>The full name, e.g. <c>contacts.contact.created</c>.</summary>
    public string Type { get; } = type;
}

/// <summary>What happened to one record. The platform fills in who, which version and what changed; a contract adds its own facts.</summary>
public abstract record RecordEvent
{
    /// <summary>The record it happened to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid Id { get; init; }

    /// <summary>The record's version after the change: 1, 2, 3 … without a gap.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Version { get; init; }

    /// <summary>The fields that changed, each with its value before and after.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Changes? Changes { get; init; }
}

/// <summary>One field, before and after; both are JSON values of the field's type, <c>null</c> for empty.</summary>
public sealed record FieldChange(JsonElement Old, JsonElement New);

/// <summary>Changed fields by name.</summary>
public sealed class Changes : Dictionary<string, FieldChange>
{
    /// <summary>How every value in a change is written and read.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The value a field has now, when this change touched it.</summary>
    public bool Touched<T>(string field, out T? now)
    {
        var touched = TryGetValue(field, out var change);
        now = touched ? change!.New.Deserialize<T>(Json) : default;
        return touched;
    }
}
