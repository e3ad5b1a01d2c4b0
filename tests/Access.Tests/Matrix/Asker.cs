using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Testing;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>Whose a record is, as the asker sees it; and so how far a deed has to reach to get there.</summary>
internal enum Whose
{
    Own = Reach.Own,
    Teams = Reach.Team,
    Others = Reach.All,
    Elsewhere, // another tenant's: no reach goes so far
}

/// <summary>Somebody with one role, who asks about a record of somebody's.</summary>
internal sealed record Asker(RoleRules Role, Whose Whose, string Token)
{
    private static readonly Reach[] Reaches = [Reach.None, Reach.Own, Reach.Team, Reach.All];

    /// <summary>What the role comes to.</summary>
    public Rights Rights { get; } = new([Role]);

    /// <summary>
    /// Each ready-made role about a record of nobody's in particular, and about their team's where it says something of that; a role for each reach about a
    /// record just within it and one just beyond; and who may do everything, but elsewhere.
    /// </summary>
    public static async Task<IReadOnlyList<Asker>> All(TestCrm crm, IEnumerable<string> services, Guid ada, Guid team)
    {
        var made = Reaches.Select(Made).ToList();
        foreach (var service in services)
            foreach (var role in made)
                await crm.Told(service, "identity.role", Guid.CreateVersion7(), 1, Fields(role));
        // Newer than what identity has told of her: the token's word counts.
        string Token(RoleRules role, params Guid[] teams) => crm.Home.Token(crm.Caller(ada) with { Roles = [role.Name], Teams = teams, Version = 1000 });
        return
        [
            .. ReadyMade.Roles.Values.Select(role => new Asker(role, Whose.Others, Token(role))),
            .. ReadyMade.Roles.Values.Where(role => role.Records[RoleRules.Any].Deeds.Values.Contains(Reach.Team))
                .Select(role => new Asker(role, Whose.Teams, Token(role, team))),
            .. from role in made
               from whose in (Whose[])[Whose.Own, Whose.Teams, Whose.Others]
               where (int)whose - (int)role.Records[RoleRules.Any].Deeds[Deed.Read] is 0 or 1
               select new Asker(role, whose, Token(role, team)),
            new Asker(ReadyMade.Administrator, Whose.Elsewhere, crm.Another().TokenOf(ada, [ReadyMade.Administrator.Name])),
        ];
    }

    private static RoleRules Made(Reach reach) => new()
    {
        Name = $"reach{reach}",
        Records = new Dictionary<string, Grant> { [RoleRules.Any] = new() { Deeds = Enum.GetValues<Deed>().ToDictionary(deed => deed, _ => reach) } },
        Slices = new HashSet<string> { RoleRules.Any },
        Privileges = new HashSet<string> { Privilege.BulkEdit, Privilege.Export, Privilege.Merge },
    };

    // As identity tells of it.
    private static string Fields(RoleRules role)
    {
        var reach = $"{role.Records[RoleRules.Any].Deeds[Deed.Read]}".ToLowerInvariant();
        return JsonSerializer.Serialize(new
        {
            name = role.Name,
            slices = role.Slices,
            privileges = role.Privileges,
            records = new[] { new { record = RoleRules.Any, create = reach, read = reach, update = reach, delete = reach, export = reach } },
        });
    }

    public override string ToString() => $"{Role.Name} about what is {Whose switch
    {
        Whose.Own => "their own",
        Whose.Teams => "their team's",
        Whose.Others => "somebody else's",
        _ => "another tenant's",
    }}";
}
