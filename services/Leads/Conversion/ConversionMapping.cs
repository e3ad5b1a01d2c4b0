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
            "tags", ("addresses", "address")),
        [ConversionTarget.Account] = Same(("name", "company"), "website", "industry", "employees", "ownerId", "teamId", ("addresses", "address")),
        [ConversionTarget.Deal] = Same(("amount", "estimatedAmount"), "source", "campaignId", "ownerId", "teamId", "description"),
    };

    // Whose somebody is, and how they are tagged, is settled where they are there already.
    private static readonly HashSet<string> OfNew = ["ownerId", "teamId", "tags"];

    /// <summary>What becomes of which field: the usual, and what the tenant has said of it.</summary>
    public static async Task<IReadOnlyList<Becomes>> All(Session session)
    {
        var own = await session.List<ConversionMapping>("deleted_at is null", new { });
        return
        [
            .. from usual in Usual
               let said = own.Where(m => m.Target == usual.Key).GroupBy(m => m.To).ToDictionary(same => same.Key, same => same.Last().From)
               from to in usual.Value.Keys.Union(said.Keys)
               let source = said.TryGetValue(to, out var other) ? other : usual.Value[to]
               where source is not null
               select new Becomes(usual.Key, to, source, !OfNew.Contains(to)),
        ];
    }

    /// <summary>The fields of what a lead becomes, by name.</summary>
    public static Dictionary<string, JsonElement> Of(IEnumerable<Becomes> mapping, ConversionTarget target, Lead lead)
    {
        var values = JsonSerializer.SerializeToElement(lead, Changes.Json);
        var (fields, custom) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var (_, to, from, _) in mapping.Where(m => m.Target == target))
            if (Value(values, from) is { } value)
                if (to.StartsWith("custom.", StringComparison.Ordinal))
                    custom[to["custom.".Length..]] = value;
                else
                    fields[to] = to == "addresses" && value.ValueKind == JsonValueKind.Object ? JsonSerializer.SerializeToElement(new[] { value }) : value;
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

    private static Dictionary<string, string> Same(params Named[] names) => names.ToDictionary(name => name.To, name => name.From);

    // Most are called the same on both sides.
    private readonly record struct Named(string To, string From)
    {
        public static implicit operator Named(string name) => new(name, name);

        public static implicit operator Named((string To, string From) named) => new(named.To, named.From);
    }
}
