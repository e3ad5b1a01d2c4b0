using CrmPlatform.Access.Roles;

namespace CrmPlatform.Identity.Roles;

/// <summary>The roles every company has from the start, which others can be begun with.</summary>
public static class ListReadyMadeRoles
{
    /// <summary>A role that comes with the platform.</summary>
    /// <param name="Name">What tokens call it.</param>
    /// <param name="Records">What it allows with records, by type.</param>
    /// <param name="Slices">The use cases it allows; <c>*</c> is all of them.</param>
    /// <param name="Privileges">The switches it turns on.</param>
    public sealed record Item(string Name, IReadOnlyList<RecordGrant> Records, IReadOnlyList<string> Slices, IReadOnlyList<string> Privileges);

    /// <summary>All of them, by name.</summary>
    public sealed record Answer(IReadOnlyList<Item> Items);

    /// <summary>What they allow.</summary>
    public static Answer Handle() => new([.. ReadyMade.Roles.Values.OrderBy(role => role.Name, StringComparer.Ordinal).Select(Shown)]);

    private static Item Shown(RoleRules role) => new(
        role.Name,
        [.. role.Records.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Shown(r.Key, r.Value))],
        [.. role.Slices.Order(StringComparer.Ordinal)], [.. role.Privileges.Order(StringComparer.Ordinal)]);

    private static RecordGrant Shown(string record, Grant grant)
    {
        Reach With(Deed deed) => grant.Deeds.GetValueOrDefault(deed);
        return new RecordGrant
        {
            Record = record,
            Create = With(Deed.Create),
            Read = With(Deed.Read),
            Update = With(Deed.Update),
            Delete = With(Deed.Delete),
            Export = With(Deed.Export),
            Fields = [.. grant.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new FieldGrant(f.Key, f.Value))],
        };
    }
}
