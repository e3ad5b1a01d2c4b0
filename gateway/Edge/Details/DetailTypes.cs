using CrmPlatform.Edge.Upstreams;

namespace CrmPlatform.Edge.Details;

/// <summary>Records that belong to one: those of a type that refer to it by a field.</summary>
/// <param name="Name">What a detail calls them: <c>deals</c>, or <c>accounts.parentId</c> where the field is not named after the record.</param>
/// <param name="Type">Of which type they are.</param>
/// <param name="Field">By which field they refer to it.</param>
internal sealed record DetailPart(string Name, DetailType Type, string Field);

/// <summary>A record type, by whom it is kept, and what belongs to its records.</summary>
internal sealed record DetailType(Upstream Upstream, PublishedRecord Published)
{
    public string Plural => Published.Plural;

    /// <summary>What refers to its records.</summary>
    public IReadOnlyList<DetailPart> Parts { get; set; } = [];
}

/// <summary>The record types of all services, as these publish them: a new one is there, with all that it has to do with the others.</summary>
internal sealed class DetailTypes
{
    private readonly Dictionary<string, DetailType> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DetailType> byPlural = new(StringComparer.OrdinalIgnoreCase);

    public static DetailTypes Of(IEnumerable<Upstream> upstreams)
    {
        var all = new DetailTypes();
        foreach (var type in upstreams.SelectMany(u => u.Offer!.Records, (u, record) => new DetailType(u, record)))
            if (all.byPlural.TryAdd(type.Plural, type))
                all.byName.TryAdd(type.Published.Name, type);
        foreach (var type in all.byName.Values)
            type.Parts =
            [
                .. from other in all.All
                   from refers in other.Published.Refers
                   where refers.Value == type.Published.Name
                   select Part(type, other, refers.Key),
            ];
        return all;
    }

    /// <summary>All of them.</summary>
    public IEnumerable<DetailType> All => byPlural.Values;

    /// <summary>The type whose doors are there.</summary>
    public DetailType? At(string plural) => byPlural.GetValueOrDefault(plural);

    /// <summary>The type of a name (<c>contacts.account</c>).</summary>
    public DetailType? Named(string name) => byName.GetValueOrDefault(name);

    private static DetailPart Part(DetailType of, DetailType other, string field)
    {
        var usual = $"{of.Published.Name[(of.Published.Name.LastIndexOf('.') + 1)..]}Id";
        return new(field == usual ? other.Plural : $"{other.Plural}.{field}", other, field);
    }
}
