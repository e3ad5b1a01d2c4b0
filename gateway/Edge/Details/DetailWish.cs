using System.Text.Json.Nodes;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Details;

/// <summary>What of a detail is wanted: which parts, how much of each, and which of their records.</summary>
internal sealed record DetailWish(
    IReadOnlyList<DetailPart> Parts, int Limit, bool Counts, IReadOnlySet<string>? Named, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>How many records a part has at most.</summary>
    public const int MostLimit = 50;

    /// <summary>How many it has where nothing is said.</summary>
    public const int UsualLimit = 10;

    /// <summary>The name of what the record itself refers to, among the parts.</summary>
    public const string References = "references";

    private const string Filter = "filter.";

    /// <summary>Whether something is wanted: everything, where nothing is named.</summary>
    public bool Wants(string name) => Named?.Contains(name) is not false;

    public static DetailWish Read(IQueryCollection query, DetailType type)
    {
        var names = type.Parts.Select(p => p.Name).Append(References).ToHashSet(StringComparer.Ordinal);
        var filters = query.Where(q => q.Key.StartsWith(Filter, StringComparison.Ordinal)).ToDictionary(q => q.Key[Filter.Length..], q => q.Value.ToString());
        if (query.Keys.FirstOrDefault(k => k is not ("limit" or "parts" or "include") && !k.StartsWith(Filter, StringComparison.Ordinal)) is { } unknown)
            throw Refusal.Invalid(unknown, $"A detail has no parameter {unknown}.");
        if (filters.Keys.FirstOrDefault(name => !names.Contains(name) || name == References) is { } nowhere)
            throw Refusal.Invalid(Filter + nowhere, NoPart(nowhere, names));
        var named = query.TryGetValue("parts", out var listed)
            ? listed.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal) : null;
        if (named?.FirstOrDefault(name => !names.Contains(name)) is { } odd)
            throw Refusal.Invalid("parts", NoPart(odd, names));
        if (query["include"].ToString() is not ("" or "total"))
            throw Refusal.Invalid("include", "include is total, or nothing.");
        var limit = UsualLimit;
        if (query.TryGetValue("limit", out var asked) && !(int.TryParse(asked, out limit) && limit is >= 1 and <= MostLimit))
            throw Refusal.Invalid("limit", $"limit is between 1 and {MostLimit}.");
        return new([.. type.Parts.Where(p => named?.Contains(p.Name) is not false)], limit, query["include"] == "total", named, filters);
    }

    /// <summary>What the service of a part is asked.</summary>
    public JsonObject Question(DetailPart part, Guid id) => new()
    {
        ["ids"] = new JsonArray($"{id}"),
        ["per"] = part.Field,
        ["limit"] = Limit,
        ["total"] = Counts,
        ["filter"] = Filters.TryGetValue(part.Name, out var filter) ? filter : null,
    };

    /// <summary>Where the list goes on.</summary>
    public string Link(DetailPart part, Guid id, string cursor)
    {
        var filter = $"{part.Field} = \"{id}\"{(Filters.TryGetValue(part.Name, out var more) && more.Length > 0 ? $" and ({more})" : "")}";
        return $"/api/v1/{part.Type.Plural}?filter={Uri.EscapeDataString(filter)}&limit={Limit}&cursor={Uri.EscapeDataString(cursor)}";
    }

    private static string NoPart(string name, IEnumerable<string> names) => $"There is no part {name}; there are {string.Join(", ", names.Order())}.";
}
