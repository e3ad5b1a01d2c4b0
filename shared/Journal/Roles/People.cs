using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Intake;
using Npgsql;

namespace CrmPlatform.Journal.Roles;

/// <summary>Who is who in a tenant, from the copies of users and teams that every service keeps; in memory for as long as roles are.</summary>
internal sealed class People
{
    /// <summary>What every service keeps of users.</summary>
    public static readonly Copy Users = new(
        "identity.user", "email", "name", "status", "roles", "teams", "timeZone", "workingHours", "locale", "absentFrom", "absentUntil");

    /// <summary>What every service keeps of teams.</summary>
    public static readonly Copy Teams = new("identity.team", "name", "parentId");

    private static readonly Person Nobody = new(0, null, null, [], []);

    private readonly NpgsqlDataSource data;
    private readonly Lately<(Guid Tenant, Guid Id), Person> people;
    private readonly Lately<Guid, TeamTree> trees;

    public People(NpgsqlDataSource data, TimeProvider clock, TimeSpan fresh) =>
        (this.data, people, trees) = (data, new(clock, fresh, (who, _) => Ask(who.Tenant, who.Id)), new(clock, fresh, Ask));

    /// <summary>What is known of a user; null when identity has not told of them.</summary>
    public async ValueTask<Person?> Find(Guid tenant, Guid user, CancellationToken cancel) =>
        await people.Of((tenant, user), cancel) is { Version: > 0 } known ? known : null;

    /// <summary>Teams as somebody has them, with all below them.</summary>
    public async ValueTask<TeamSet> WithThoseBelow(Guid tenant, IReadOnlyList<Guid> teams, CancellationToken cancel) =>
        teams.Count == 0 ? [] : (await Tree(tenant, cancel)).WithThoseBelow(teams);

    /// <summary>The tenant's teams.</summary>
    public ValueTask<TeamTree> Tree(Guid tenant, CancellationToken cancel) => trees.Of(tenant, cancel);

    /// <summary>All who may act, for who asks who may do what.</summary>
    public async Task<List<(Guid Id, Person Person)>> All(Guid tenant, CancellationToken cancel)
    {
        await using var unit = new Unit(data);
        var all = await unit.Read(
            tenant,
            Statements.Positional(
                "select id, version, deleted, fields::text from copy where tenant = $1 and record = $2 and not deleted", [tenant, Users.Record]),
            row => (Id: row.GetGuid(0), Person: Read(row.GetInt32(1), row.GetBoolean(2), row.GetString(3))), false, cancel);
        return all.FindAll(p => p.Person.IsActive);
    }

    /// <summary>What is known of a user has changed.</summary>
    public void Forget(Guid tenant, Guid user) => people.Forget((tenant, user));

    /// <summary>What is known of a tenant's teams has changed.</summary>
    public void ForgetTeams(Guid tenant) => trees.Forget(tenant);

    internal static Person Read(int version, bool deleted, string fields)
    {
        var kept = JsonSerializer.Deserialize<Kept>(fields, Changes.Json)!;
        return new Person(version, kept.Name, deleted ? "deleted" : kept.Status, kept.Roles ?? [], kept.Teams ?? []);
    }

    private async Task<Person> Ask(Guid tenant, Guid user)
    {
        await using var unit = new Unit(data);
        var found = await unit.Read(
            tenant,
            Statements.Positional(
                "select version, deleted, fields::text from copy where tenant = $1 and record = $2 and id = $3", [tenant, Users.Record, user]),
            row => Read(row.GetInt32(0), row.GetBoolean(1), row.GetString(2)), false, CancellationToken.None);
        return found is [var one] ? one : Nobody;
    }

    private async Task<TeamTree> Ask(Guid tenant, TeamTree? before)
    {
        await using var unit = new Unit(data);
        var teams = await unit.Read(
            tenant,
            Statements.Positional(
                "select id, crm.id(fields -> 'parentId'), fields ->> 'name' from copy where tenant = $1 and record = $2 and not deleted",
                [tenant, Teams.Record]),
            row => new TeamTree.Team(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.IsDBNull(2) ? null : row.GetString(2)), false,
            CancellationToken.None);
        return before?.IsOf(teams) == true ? before : new TeamTree(teams);
    }

    private sealed record Kept(string? Name, string? Status, string[]? Roles, Guid[]? Teams);
}

/// <summary>A user as the copy of identity's record says.</summary>
internal sealed record Person(int Version, string? Name, string? Status, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Teams)
{
    /// <summary>Whether they may act at all.</summary>
    public bool IsActive => Status == "active";
}
