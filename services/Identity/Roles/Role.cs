using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.Roles;

/// <summary>What people with this role may do. One with the name of a ready-made role takes its place.</summary>
public sealed partial record Role : Record
{
    /// <summary>What tokens call it: <c>sales</c>.</summary>
    [Required, RegularExpression("[a-z][A-Za-z0-9]{0,59}", ErrorMessage = "A role's name looks like fieldSales.")]
    [Example("fieldSales")]
    public string Name { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(100), Searched]
    [Example("Sales in the field")]
    public string Title { get; init; } = "";

    /// <summary>Whom it is for.</summary>
    [StringLength(1000)]
    public string? Description { get; init; }

    /// <summary>What it allows with records, by type.</summary>
    [MaxItems(200)]
    public IReadOnlyList<RecordGrant> Records { get; init; } = [];

    /// <summary>The use cases it allows, by name (<c>mergeContacts</c>); <c>*</c> allows all.</summary>
    [MaxItems(500), ItemLength(60)]
    public string[] Slices { get; init; } = [];

    /// <summary>
    /// The switches it turns on: <c>export</c>, <c>bulkEdit</c>, <c>merge</c>, <c>deleteForEver</c>, <c>audit</c>, <c>dataModel</c>, <c>people</c>.
    /// </summary>
    [MaxItems(20), ItemLength(60)]
    public string[] Privileges { get; init; } = [];

    /// <summary>The networks it counts in (<c>192.0.2.0/24</c>), looked at with each request; everywhere where none is named.</summary>
    [MaxItems(100), ItemLength(50)]
    public string[] Networks { get; init; } = [];

    /// <summary>The hours it counts in, looked at with each request; always where none are named.</summary>
    [MaxItems(50)]
    public IReadOnlyList<RoleHours> Hours { get; init; } = [];

    /// <summary>Whether it counts only for who has logged in with a second factor; they are asked for one.</summary>
    public bool RequiresMfa { get; init; }

    /// <summary>Roles are changed by those who shape the data model, and say only what services understand.</summary>
    public static async ValueTask<Role> Rule(Session session, Role? before, Role after)
    {
        if (!(await session.Standing()).Rights.Has(Privilege.DataModel))
            throw new Refusal(403, "not_allowed", $"Roles are changed by those who have the privilege {Privilege.DataModel}.");
        if (before is not null && ReadyMade.Roles.ContainsKey(before.Name) && !session.Confirmed
            && (after.Name != before.Name || after.DeletedAt is not null && before.DeletedAt is null))
            throw new Refusal(
                409, "stands_for_ready_made", $"Without this role whoever has the role {before.Name} may do what the ready-made one allows, which may be more. "
                + "Change it, or delete it with confirm=true.");
        var wrong = after.Nonsense().GroupBy(w => w.Field, w => w.Message).ToDictionary(w => w.Key, w => w.ToArray());
        return wrong.Count == 0 ? after : throw Refusal.Invalid(wrong);
    }

    private IEnumerable<(string Field, string Message)> Nonsense()
    {
        if (ReadyMade.Roles.Keys.FirstOrDefault(known => known.Equals(Name, StringComparison.OrdinalIgnoreCase)) is { } known
            && (known != Name || known == ReadyMade.Administrator.Name && !AsksForMfaAlone))
            yield return ("name", known == ReadyMade.Administrator.Name
                ? "What the administrator's role allows stays as it is: it is the way back from every mistake. It can ask for a second factor, no more."
                : $"{Name} would be taken for the ready-made role {known}.");
        foreach (var slice in Slices.Where(s => s != RoleRules.Any && !CamelCase.IsMatch(s)))
            yield return ("slices", $"'{slice}' is no use case; one looks like mergeContacts, and * is all of them.");
        foreach (var privilege in Privileges.Except(Privilege.All))
            yield return ("privileges", $"'{privilege}' is no privilege; there are {string.Join(", ", Privilege.All)}.");
        foreach (var network in Networks.Where(n => !IPNetwork.TryParse(n, out _)))
            yield return ("networks", $"'{network}' is no network; one looks like 192.0.2.0/24 or 2001:db8::/32.");
        foreach (var hours in Hours)
            if (hours?.Days is not { Count: > 0 and <= 7 } || hours.Days.Any(day => !Enum.IsDefined(day)) || hours.From == hours.To)
                yield return ("hours", "Hours are on some days of the week, from a time to another.");
            else if (!TimeZoneInfo.TryFindSystemTimeZoneById(hours.Zone ?? "", out _))
                yield return ("hours", $"'{hours.Zone}' is no time zone; one looks like Europe/Berlin.");
        foreach (var twice in Records.CountBy(r => $"{r.Record}").Where(r => r.Value > 1))
            yield return ("records", $"{twice.Key} is there {twice.Value} times.");
        foreach (var wrong in Records.SelectMany((grant, i) => Nonsense(grant.Fields, $"records[{i}].fields")))
            yield return wrong;
    }

    private bool AsksForMfaAlone => Records.Count + Slices.Length + Privileges.Length + Networks.Length + Hours.Count == 0;

    private static IEnumerable<(string Field, string Message)> Nonsense(IReadOnlyList<FieldGrant>? fields, string path)
    {
        if (fields is null || fields.Count > 1000)
            yield return (path, "This is a list of at most 1000 fields.");
        foreach (var field in fields ?? [])
            if (field?.Field is null || !FieldName.IsMatch(field.Field))
                yield return (path, $"'{field?.Field}' is no field; one looks like birthday, one that was added like custom.salary.");
            else if (!Enum.IsDefined(field.Right))
                yield return (path, $"{field.Field} is hidden, masked, readOnly or full.");
        foreach (var twice in (fields ?? []).CountBy(f => $"{f?.Field}").Where(f => f.Value > 1))
            yield return (path, $"{twice.Key} is there {twice.Value} times.");
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CamelCase { get; }

    [GeneratedRegex(@"^(custom\.)?[a-z][A-Za-z0-9_]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName { get; }
}
