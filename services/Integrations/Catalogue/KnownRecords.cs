using System.Reflection;
using System.Text.Json;

namespace CrmPlatform.Integrations.Catalogue;

/// <summary>Which records the platform has and which fields, as the file says that the verb <c>records</c> prints.</summary>
internal static class KnownRecords
{
    /// <summary>All record types by their names with their service: <c>contacts.contact</c>.</summary>
    public static readonly IReadOnlyDictionary<string, KnownRecord> Records = Read();

    /// <summary>A record type, if this version knows one of that name.</summary>
    public static KnownRecord? Find(string record) => Records.GetValueOrDefault(record);

    /// <summary>A record type. One that this version does not know, because a newer service keeps it, has no fields that could be shown.</summary>
    public static KnownRecord Of(string record) =>
        Find(record) ?? new KnownRecord(record, IsModel: false, new Dictionary<string, KnownField>()) { IsDeclared = false };

    private static Dictionary<string, KnownRecord> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("records.json")!;
        using var all = JsonDocument.Parse(file);
        return all.RootElement.EnumerateObject().ToDictionary(r => r.Name, r => new KnownRecord(
            r.Name, r.Value.TryGetProperty("$model", out _),
            r.Value.EnumerateObject().Where(f => f.Name[0] != '$').Select(Field).ToDictionary(f => f.Name, StringComparer.Ordinal)), StringComparer.Ordinal);
    }

    private static KnownField Field(JsonProperty line) => new(
        line.Name, line.Value.GetProperty("kind").GetString()!, line.Value.TryGetProperty("derived", out _), Texts(line.Value, "with"),
        line.Value.TryGetProperty("choices", out _) ? Texts(line.Value, "choices") : null,
        line.Value.TryGetProperty("parts", out var parts) ? [.. parts.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!))] : []);

    private static string[] Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(t => t.GetString()!)] : [];
}

/// <summary>A record type of any service.</summary>
/// <param name="Name">With its service: <c>contacts.contact</c>.</param>
/// <param name="IsModel">Whether it says how a service works, for everybody.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record KnownRecord(string Name, bool IsModel, IReadOnlyDictionary<string, KnownField> Fields)
{
    /// <summary>The service that keeps it.</summary>
    public string Service { get; } = Name[..Math.Max(0, Name.IndexOf('.'))];

    /// <summary>As roles call it: <c>contact</c>.</summary>
    public string Bare { get; } = Name[(Name.IndexOf('.') + 1)..];

    /// <summary>Whether this version knows it.</summary>
    public bool IsDeclared { get; init; } = true;

    /// <summary>Whether it is known what a field of it is, and so what it is hidden with: one of its own, or one that a tenant has added.</summary>
    public bool Declares(string field) => Fields.ContainsKey(field) || IsDeclared && field.StartsWith("custom.", StringComparison.Ordinal);
}

/// <summary>A field of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsDerived">Whether it is computed from others, and no news of its own.</param>
/// <param name="With">The fields it is hidden with.</param>
/// <param name="Choices">The values it can have, if they are fixed.</param>
/// <param name="Parts">What an address or each member of a list consists of.</param>
internal sealed record KnownField(
    string Name, string Kind, bool IsDerived, IReadOnlyList<string> With, IReadOnlyList<string>? Choices, IReadOnlyList<(string Name, string Kind)> Parts);
