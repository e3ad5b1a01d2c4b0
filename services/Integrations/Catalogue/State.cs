using System.Globalization;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Query;

namespace CrmPlatform.Integrations.Catalogue;

/// <summary>A record as it was after an event, as far as was heard.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fields">Its fields; what it has nothing in may be missing.</param>
internal sealed record State(Guid Id, int Version, IReadOnlyDictionary<string, JsonElement> Fields)
{
    /// <summary>Whose it is.</summary>
    public Guid? Owner => Guid(Fields, "ownerId");

    /// <summary>Whose team's it is.</summary>
    public Guid? Team => Guid(Fields, "teamId");

    /// <summary>A state as a copy keeps it.</summary>
    public static State Read(Guid id, int version, string fields) =>
        new(id, version, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields, Changes.Json)!);

    /// <summary>What it was before something changed.</summary>
    public State Before(Changes changes, int version)
    {
        var fields = new Dictionary<string, JsonElement>(Fields);
        foreach (var (name, change) in changes)
            fields[name] = change.Old;
        return new State(Id, version, fields);
    }

    /// <summary>A value as the filter language wants it, null where there is none.</summary>
    public static object? Value(JsonElement json, Kind kind)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        try
        {
            return kind switch
            {
                Kind.Number => json.GetDecimal(),
                Kind.Boolean => json.GetBoolean(),
                Kind.Date => DateOnly.Parse(json.GetString()!, CultureInfo.InvariantCulture),
                Kind.Instant => json.GetDateTimeOffset().ToUniversalTime(),
                Kind.Reference => json.GetGuid(),
                Kind.List => json.EnumerateArray().Select(v => v.ToString()).ToArray(),
                Kind.Money => new Money(
                    decimal.Parse(json.GetProperty("amount").ToString(), CultureInfo.InvariantCulture), json.GetProperty("currency").GetString()!),
                _ => json.ToString(),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // of another kind than this version knows
        }
    }

    private static Guid? Guid(IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var json) && json.ValueKind == JsonValueKind.String && json.TryGetGuid(out var id) ? id : null;
}
