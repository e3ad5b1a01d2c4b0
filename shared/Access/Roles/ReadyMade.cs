using System.Collections.Frozen;

namespace CrmPlatform.Access.Roles;

/// <summary>The roles every tenant has from the start. One of its own with the same name takes a role's place; the administrator's stays.</summary>
public static class ReadyMade
{
    /// <summary>May do everything.</summary>
    public static RoleRules Administrator { get; } = new()
    {
        Name = "administrator",
        Records = new Dictionary<string, Grant> { [RoleRules.Any] = Deeds(Reach.All, Reach.All, Reach.All, Reach.All, Reach.All) },
        Slices = Slices(RoleRules.Any),
        Privileges = Privilege.All.ToFrozenSet(StringComparer.Ordinal),
    };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, RoleRules> Roles { get; } = new[]
    {
        Administrator,
        new RoleRules
        {
            Name = "manager",
            Records = Every(create: Reach.All, read: Reach.All, update: Reach.All, delete: Reach.All, export: Reach.All),
            Slices = Slices([RoleRules.Any, .. Overrides]),
            Privileges = Set(Privilege.Export, Privilege.BulkEdit, Privilege.Merge, Privilege.Audit),
        },
        new RoleRules
        {
            Name = "sales",
            Records = Every(create: Reach.Team, read: Reach.Team, update: Reach.Team, delete: Reach.Own, export: Reach.Own),
            Slices = Slices(RoleRules.Any),
            Privileges = Set(Privilege.Export, Privilege.Merge),
        },
        new RoleRules
        {
            Name = "support",
            Records = Every(create: Reach.All, read: Reach.All, update: Reach.All, delete: Reach.None, export: Reach.None),
            Slices = Slices(["changeJob", .. Questions]),
        },
        new RoleRules
        {
            Name = "marketing",
            Records = Every(create: Reach.All, read: Reach.All, update: Reach.All, delete: Reach.Own, export: Reach.All),
            Slices = Slices(RoleRules.Any),
            Privileges = Set(Privilege.Export, Privilege.BulkEdit, Privilege.Merge),
        },
        new RoleRules
        {
            Name = "readOnly",
            Records = Every(create: Reach.None, read: Reach.All, update: Reach.None, delete: Reach.None, export: Reach.None),
            Slices = Slices(Questions),
        },
        new RoleRules
        {
            Name = "integration",
            Records = new Dictionary<string, Grant>(Every(create: Reach.All, read: Reach.All, update: Reach.All, delete: Reach.All, export: Reach.All))
            {
                ["webhook"] = Deeds(Reach.Own, Reach.Own, Reach.Own, Reach.Own, Reach.None), // is told what it sees itself
            },
            Slices = Slices(RoleRules.Any),
            Privileges = Set(Privilege.Export, Privilege.Merge),
        },
    }.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    // What is not foreseen and can be done all the same, by who answers for others.
    private static string[] Overrides => ["overrideDealMove", "overrideLeadTransition"];

    // Slices that change nothing.
    private static string[] Questions =>
    [
        "contactsByIndustry", "countEvents", "findDuplicateAccounts", "findDuplicateContacts", "findLeadMatches", "listCalls", "listDeliveries",
        "listEventTypes", "listReadyMadeRoles", "readBoard", "readConversion", "readDelivery", "readEvents", "readForecast", "readLeadScore", "readLeadSpeed",
        "readLeadSteps", "readStays", "readTimeline", "readUsage", "readVelocity", "readWebhookSecrets", "streamEvents",
    ];

    // Who works with customers sees colleagues, and keeps what is their own; what programs use to get in is not theirs to see. What is sold, for how much,
    // and how much of it is to be, those say who may delete everybody's records.
    private static Dictionary<string, Grant> Every(Reach create, Reach read, Reach update, Reach delete, Reach export) => new()
    {
        [RoleRules.Any] = Deeds(create, read, update, delete, export),
        ["company"] = Deeds(Reach.None, Reach.All, Reach.None, Reach.None, Reach.None),
        ["team"] = Deeds(Reach.None, Reach.All, Reach.None, Reach.None, Reach.None),
        ["user"] = Deeds(Reach.None, Reach.All, Reach.Own, Reach.None, Reach.None),
        ["role"] = Deeds(Reach.None, Reach.All, Reach.None, Reach.None, Reach.None),
        ["signIn"] = Deeds(Reach.None, Reach.Own, Reach.Own, Reach.None, Reach.None),
        ["connection"] = Deeds(Reach.None, Reach.Own, Reach.Own, Reach.None, Reach.None),
        ["apiKey"] = new(),
        ["client"] = new(),
        ["webhook"] = new(),
        ["product"] = Settled(Reach.All, delete, export),
        ["priceBook"] = Settled(Reach.All, delete, export),
        ["price"] = Settled(Reach.All, delete, export),
        ["competitor"] = Deeds(create, Reach.All, update, delete, export),
        ["quota"] = Settled(read, delete, export),
        ["forecastAdjustment"] = Settled(read, delete, export),
    };

    private static Grant Settled(Reach read, Reach delete, Reach export)
    {
        var settle = delete == Reach.All ? Reach.All : Reach.None;
        return Deeds(settle, read, settle, settle, export == Reach.All ? Reach.All : Reach.None);
    }

    private static Grant Deeds(Reach create, Reach read, Reach update, Reach delete, Reach export) => new()
    {
        Deeds = new Dictionary<Deed, Reach>
        {
            [Deed.Create] = create,
            [Deed.Read] = read,
            [Deed.Update] = update,
            [Deed.Delete] = delete,
            [Deed.Export] = export,
        },
    };

    private static FrozenSet<string> Slices(params string[] names) => Set(names);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
