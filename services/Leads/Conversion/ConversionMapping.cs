using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;

namespace CrmPlatform.Leads.Conversion;

/// <summary>Into what a field of a lead goes.</summary>
public enum ConversionTarget
{
    /// <summary>The person.</summary>
    Contact,

    /// <summary>The company.</summary>
    Account,

    /// <summary>The deal.</summary>
    Deal,
}

/// <summary>Which field of a lead becomes which of what it is converted to, where that is not the usual one.</summary>
[PartOfModel]
public sealed record ConversionMapping : Record
{
    /// <summary>Whose field it becomes.</summary>
    [Required]
    public ConversionTarget? Target { get; init; }

    /// <summary>The field it becomes: <c>department</c>, <c>custom.size</c>.</summary>
    [Required, StringLength(100), RegularExpression(@"(custom\.)?[a-z][A-Za-z0-9]*", ErrorMessage = "A field looks like jobTitle or custom.size.")]
    [Example("jobTitle")]
    public string To { get; init; } = "";

    /// <summary>The lead's field it is taken from; none where nothing is to be taken.</summary>
    [StringLength(100), RegularExpression(@"(custom\.)?[a-z][A-Za-z0-9]*", ErrorMessage = "A field looks like jobTitle or custom.size.")]
    public string? From { get; init; }

    private static readonly Dictionary<ConversionTarget, Dictionary<string, string>> Usual = new()
    {
        [ConversionTarget.Contact] = Same(
            "salutation", "firstName", "lastName", "emails", "phones", "jobTitle", "language", "description", "source", "campaignId", "ownerId", "teamId",
            "tags"),
        [ConversionTarget.Account] = new(Same("website", "industry", "employees", "ownerId", "teamId")) { ["name"] = "company" },
        [ConversionTarget.Deal] = new(Same("source", "campaignId", "ownerId", "teamId", "description")) { ["amount"] = "estimatedAmount" },
    };

    /// <summary>The fields of what a lead becomes, by name, for each target.</summary>
    public static async Task<IReadOnlyDictionary<ConversionTarget, Dictionary<string, JsonElement>>> Of(Session session, Lead lead)
    {
        var own = await session.List<ConversionMapping>("deleted_at is null", new { });
        var values = JsonSerializer.SerializeToElement(lead, Changes.Json);
        return Usual.ToDictionary(usual => usual.Key, usual =>
        {
            var mapping = new Dictionary<string, string?>(usual.Value!);
            foreach (var said in own.Where(m => m.Target == usual.Key))
                mapping[said.To] = said.From;
            return Fields(mapping, values);
        });
    }

    private static Dictionary<string, JsonElement> Fields(Dictionary<string, string?> mapping, JsonElement lead)
    {
        var (fields, custom) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var (to, from) in mapping)
            if (from is not null && Value(lead, from) is { } value)
                if (to.StartsWith("custom.", StringComparison.Ordinal))
                    custom[to["custom.".Length..]] = value;
                else
                    fields[to] = value;
        if (custom.Count > 0)
            fields["custom"] = JsonSerializer.SerializeToElement(custom);
        return fields;
    }

    private static JsonElement? Value(JsonElement lead, string from)
    {
        var within = from.StartsWith("custom.", StringComparison.Ordinal) ? lead.GetProperty("custom") : lead;
        return within.TryGetProperty(from[(from.IndexOf('.', StringComparison.Ordinal) + 1)..], out var value)
            && value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0) ? value : null;
    }

    private static Dictionary<string, string> Same(params string[] names) => names.ToDictionary(name => name);
}
