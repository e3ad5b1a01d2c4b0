using System.Text.Json;

namespace CrmPlatform.Access.Roles;

/// <summary>
/// What one caller may do: the widest of what their roles allow, deed by deed and field by field. A role that does not let its holder read a
/// record type says nothing about its fields, so that it widens nothing.
/// </summary>
public sealed class Rights
{
    private readonly IReadOnlyList<RoleRules> roles;

    /// <summary>Merges roles.</summary>
    public Rights(IEnumerable<RoleRules> roles)
    {
        this.roles = [.. roles];
        IsEverything = this.roles.Any(role => role.IsEverything);
    }

    /// <summary>Everything: the platform itself, and administrators.</summary>
    public static Rights Everything { get; } = new([ReadyMade.Administrator]);

    /// <summary>Whether nothing has to be asked.</summary>
    public bool IsEverything { get; }

    /// <summary>What they allow, in a word: another one means that something is different.</summary>
    public string Version => field ??= Digest.Of(JsonSerializer.Serialize(roles.Select(role => new
    {
        role.Name,
        Records = role.Records.OrderBy(r => r.Key, StringComparer.Ordinal),
        Slices = role.Slices.Order(StringComparer.Ordinal),
        Privileges = role.Privileges.Order(StringComparer.Ordinal),
    })));

    /// <summary>With which records of a type a deed is allowed.</summary>
    public Reach For(string record, Deed deed) =>
        roles.Select(role => role.For(record)?.Deeds.GetValueOrDefault(deed) ?? default).DefaultIfEmpty().Max();

    /// <summary>What may be done with a field, where the record itself may be read.</summary>
    public FieldRight Field(string record, string field) => roles
        .Where(role => role.For(record)?.Deeds.GetValueOrDefault(Deed.Read) > Reach.None)
        .Select(role => role.For(record)!.Fields.GetValueOrDefault(field, FieldRight.Full))
        .DefaultIfEmpty(FieldRight.Hidden).Max();

    /// <summary>Whether a slice is allowed.</summary>
    public bool Slice(string name) => roles.Any(role => role.Slices.Contains(name) || role.Slices.Contains(RoleRules.Any));

    /// <summary>Whether a rule may be passed over with a reason: where a role names it, and by who may do everything.</summary>
    public bool May(Override rule) => IsEverything || roles.Any(role => role.Slices.Contains(rule.Name));

    /// <summary>Whether a role is among them.</summary>
    public bool Includes(string role) => roles.Any(r => r.Name == role);

    /// <summary>Whether a switch is on.</summary>
    public bool Has(string privilege) => roles.Any(role => role.Privileges.Contains(privilege));

    /// <summary>Why a deed reaches as far as it does: the roles that say so. Answers "who can see this, and why".</summary>
    public IEnumerable<string> Because(string record, Deed deed)
    {
        var widest = For(record, deed);
        return roles.Where(role => widest > Reach.None && role.For(record)?.Deeds.GetValueOrDefault(deed) == widest).Select(role => role.Name);
    }
}
