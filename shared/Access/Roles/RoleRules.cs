using System.Net;

namespace CrmPlatform.Access.Roles;

/// <summary>What somebody may do with records of a type.</summary>
public enum Deed
{
    /// <summary>Enter new ones.</summary>
    Create,

    /// <summary>See them, in lists, searches, histories and counts alike.</summary>
    Read,

    /// <summary>Change them.</summary>
    Update,

    /// <summary>Put them into the trash and take them out.</summary>
    Delete,

    /// <summary>Take many of them out of the platform.</summary>
    Export,
}

/// <summary>With which records, from none to all.</summary>
public enum Reach
{
    /// <summary>With none.</summary>
    None,

    /// <summary>With those one owns.</summary>
    Own,

    /// <summary>With those of one's team and the teams below it, too.</summary>
    Team,

    /// <summary>With all of the tenant.</summary>
    All,
}

/// <summary>What somebody may do with one field, from nothing to everything.</summary>
public enum FieldRight
{
    /// <summary>It does not exist: not in answers, filters, sorts, searches, histories, exports or messages.</summary>
    Hidden,

    /// <summary>That it has a value is shown, not which.</summary>
    Masked,

    /// <summary>It can be read.</summary>
    ReadOnly,

    /// <summary>It can be read and changed.</summary>
    Full,
}

/// <summary>What a role allows with one record type.</summary>
public sealed record Grant
{
    /// <summary>Which deeds with which records; a deed that is not named is not allowed.</summary>
    public IReadOnlyDictionary<Deed, Reach> Deeds { get; init; } = new Dictionary<Deed, Reach>();

    /// <summary>The fields that are less than full, by name (<c>revenue</c>, <c>custom.salary</c>).</summary>
    public IReadOnlyDictionary<string, FieldRight> Fields { get; init; } = new Dictionary<string, FieldRight>();
}

/// <summary>What those who have a role may do.</summary>
public sealed record RoleRules
{
    /// <summary>Stands for every record type, or every slice, that is not named.</summary>
    public const string Any = "*";

    /// <summary>The name tokens call it by.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows, by record type.</summary>
    public IReadOnlyDictionary<string, Grant> Records { get; init; } = new Dictionary<string, Grant>();

    /// <summary>The slices it allows, by name (<c>mergeAccounts</c>), and the rules it may pass over (<see cref="Override"/>).</summary>
    public IReadOnlySet<string> Slices { get; init; } = new HashSet<string>();

    /// <summary>The switches it turns on (<see cref="Privilege"/>).</summary>
    public IReadOnlySet<string> Privileges { get; init; } = new HashSet<string>();

    /// <summary>The networks it counts in; everywhere where none is named.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>The hours it counts in; always where none are named.</summary>
    public IReadOnlyList<RoleHours> Hours { get; init; } = [];

    /// <summary>Whether it counts only for who has proved who they are in two ways.</summary>
    public bool RequiresMfa { get; init; }

    /// <summary>Whether it is the administrator's, with or without a second factor: then nothing has to be asked.</summary>
    internal bool IsEverything => ReferenceEquals(Records, ReadyMade.Administrator.Records);

    /// <summary>Whether it counts for somebody who calls from an address, at a time, having proved who they are by some methods.</summary>
    public bool Counts(string? from, DateTimeOffset at, IReadOnlyList<string> methods) =>
        (Networks.Count == 0 || IPAddress.TryParse(from, out var address) && Networks.Any(network => network.Contains(address)))
        && (Hours.Count == 0 || Hours.Any(hours => hours.Include(at)))
        && (!RequiresMfa || methods.Contains("mfa"));

    internal Grant? For(string record) => Records.GetValueOrDefault(record) ?? Records.GetValueOrDefault(Any);
}

/// <summary>What is too powerful to follow from the rights on records alone.</summary>
public static class Privilege
{
    /// <summary>Take records out of the platform as files, as far as the deed reaches.</summary>
    public const string Export = "export";

    /// <summary>Change many records with one request.</summary>
    public const string BulkEdit = "bulkEdit";

    /// <summary>Make one record of two, where the slice that does it is allowed.</summary>
    public const string Merge = "merge";

    /// <summary>Remove for good what is in the trash.</summary>
    public const string DeleteForEver = "deleteForEver";

    /// <summary>Search what everybody did.</summary>
    public const string Audit = "audit";

    /// <summary>Add and change fields, views for all, roles.</summary>
    public const string DataModel = "dataModel";

    /// <summary>Bring people in and let them go, give them roles, shape teams and the company's own settings.</summary>
    public const string People = "people";

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> All { get; } = [Export, BulkEdit, Merge, DeleteForEver, Audit, DataModel, People];
}
