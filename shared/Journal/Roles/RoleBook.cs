using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrmPlatform.Access;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Intake;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Roles;

/// <summary>
/// Who has which roles, and what these allow. A role is the tenant's own of that name, of which every service keeps a copy; else the ready-made one;
/// else nothing. Kept in memory for a moment: what reaches the copy counts at once in the process that took it in, elsewhere within
/// <see cref="Fresh"/>.
/// </summary>
/// <remarks>The same roles give the same <see cref="Rights"/> for as long as nothing has changed, so that others can keep what follows from them.</remarks>
public sealed class RoleBook
{
    /// <summary>What every service keeps of the tenants' own roles.</summary>
    public static readonly Copy Copy = new("identity.role", "name", "records", "slices", "privileges", "networks", "hours", "requiresMfa");

    // Services are not all of one version: what a newer one has added is passed over here, as it was before.
    private static readonly JsonSerializerOptions Lenient = new(Changes.Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { PassOver },
        },
    };

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource data;
    private readonly TimeProvider clock;
    private readonly ILogger<RoleBook> log;
    private readonly Lately<Guid, TenantRoles> known;
    private readonly People people;
    private readonly ConcurrentDictionary<string, Rights> readyMade = new(StringComparer.Ordinal);

    /// <summary>Reads from a service's database.</summary>
    public RoleBook(NpgsqlDataSource data, TimeProvider clock, ILogger<RoleBook> log)
    {
        (this.data, this.clock, this.log) = (data, clock, log);
        (known, people) = (new(clock, Fresh, Ask), new(data, clock, Fresh));
    }

    /// <summary>What every service keeps of identity's records, to decide without asking it.</summary>
    internal static IReadOnlyList<Copy> Copies { get; } = [Copy, People.Users, People.Teams];

    /// <summary>
    /// Where somebody stands who acts for this cause. Nobody's roles are asked where the cause names none. What identity has told of a user since their
    /// token was made counts before what the token says; a user it has not told of is taken at the token's word.
    /// </summary>
    public async ValueTask<Standing> Of(Cause cause, CancellationToken cancel)
    {
        var (roles, teams) = (cause.Roles, cause.Teams);
        var me = Guid.TryParse(cause.Actor.Id, out var id) ? id : (Guid?)null;
        if (cause.UserVersion is { } version && cause.Actor.Kind == ActorKind.User && me is { } user
            && await people.Find(cause.Tenant, user, cancel) is { } told && told.Version >= version)
        {
            if (!told.IsActive)
                throw new Refusal(401, "token_revoked", "Whoever this token is for has been deactivated.");
            (roles, teams) = (told.Roles, told.Teams);
        }
        if (roles is null && teams.Count == 0)
            return Standing.Everything;
        var rights = roles is null ? Rights.Everything : Merge(roles, await Own(cause.Tenant, cancel), cause);
        return new Standing(rights, me, await people.WithThoseBelow(cause.Tenant, teams, cancel));
    }

    /// <summary>What roles allow at most: where, when and for whom they count.</summary>
    internal async ValueTask<Rights> RightsOf(Guid tenant, IReadOnlyList<string> roles, CancellationToken cancel) =>
        Merge(roles, await Own(tenant, cancel), null);

    /// <summary>Where a user stands at most, as identity has told of them: nowhere when they act no more, null when it has told nothing.</summary>
    internal async ValueTask<Standing?> StandingOf(Guid tenant, Guid user, CancellationToken cancel) => await people.Find(tenant, user, cancel) switch
    {
        null => null,
        { IsActive: false } => new Standing(new Rights([]), user, []),
        var told => await StandingWith(tenant, user, told.Roles, told.Teams, cancel),
    };

    /// <summary>Where somebody stands at most who has these roles and teams.</summary>
    internal async ValueTask<Standing> StandingWith(
        Guid tenant, Guid who, IReadOnlyList<string> roles, IReadOnlyList<Guid> teams, CancellationToken cancel) =>
        new(await RightsOf(tenant, roles, cancel), who, await people.WithThoseBelow(tenant, teams, cancel));

    /// <summary>Where everybody stands who may act, at most; and the tenant's teams.</summary>
    internal async Task<(List<(string? Name, Standing Standing)> People, TeamTree Teams)> Everybody(Guid tenant, CancellationToken cancel)
    {
        var (own, tree, everybody) = (await Own(tenant, cancel), await people.Tree(tenant, cancel), new List<(string?, Standing)>());
        foreach (var (id, person) in await people.All(tenant, cancel))
            everybody.Add((person.Name, new Standing(Merge(person.Roles, own, null), id, tree.WithThoseBelow(person.Teams))));
        return (everybody, tree);
    }

    /// <summary>The team that what somebody owns belongs to where nothing else is said.</summary>
    internal async ValueTask<Guid?> MainTeam(Guid tenant, Guid owner, CancellationToken cancel) =>
        await people.Find(tenant, owner, cancel) is { Teams: [var main, ..] } ? main : null;

    /// <summary>What is known of a tenant has changed.</summary>
    internal void Forget(IncomingEvent told)
    {
        if (told.Record == Copy.Record)
            known.Forget(told.Tenant);
        else if (told.Record == People.Users.Record)
            people.Forget(told.Tenant, told.RecordId);
        else if (told.Record == People.Teams.Record)
            people.ForgetTeams(told.Tenant);
    }

    // Tenants that have no role of their own share what the ready-made ones come to.
    private Rights Merge(IReadOnlyList<string> names, TenantRoles own, Cause? cause)
    {
        bool Counts(RoleRules role) => cause is null || role.Counts(cause.Actor.Address, clock.GetUtcNow(), cause.Methods);
        var roles = names is [var only] ? own.Find(only) is { } role && Counts(role) ? [role] : []
            : names.Distinct(StringComparer.Ordinal).Select(own.Find).OfType<RoleRules>().Where(Counts).OrderBy(r => r.Name, StringComparer.Ordinal).ToArray();
        var merged = Array.Exists(roles, own.Has) ? own.Merged : readyMade;
        return merged.GetOrAdd(roles is [var one] ? one.Name : string.Join('\n', roles.Select(role => role.Name)), (_, all) => new Rights(all), roles);
    }

    private ValueTask<TenantRoles> Own(Guid tenant, CancellationToken cancel) => known.Of(tenant, cancel);

    private async Task<TenantRoles> Ask(Guid tenant, TenantRoles? before)
    {
        await using var unit = new Unit(data);
        var rows = await unit.Read(
            tenant, Statements.Positional("select id, version, fields from copy where tenant = $1 and record = $2 and not deleted", [tenant, Copy.Record]),
            row => new Row(row.GetGuid(0), row.GetInt32(1), row.GetString(2)), false, CancellationToken.None);
        return before?.AreOf(rows) == true ? before : new TenantRoles(rows, Read);
    }

    private static void PassOver(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
    }

    private RoleRules? Read(Row row)
    {
        try
        {
            var role = JsonSerializer.Deserialize<Kept>(row.Fields, Lenient)!;
            return role.Name is null ? null : new RoleRules
            {
                Name = role.Name,
                Records = RecordGrant.ByRecord(role.Records ?? []),
                Slices = new HashSet<string>(role.Slices ?? [], StringComparer.Ordinal),
                Privileges = new HashSet<string>(role.Privileges ?? [], StringComparer.Ordinal),
                Networks = [.. (role.Networks ?? []).Select(IPNetwork.Parse)],
                Hours = role.Hours ?? [],
                RequiresMfa = role.RequiresMfa ?? false,
            };
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            log.LogError(e, "The role {Role} cannot be read, and allows nothing", row.Id);
            return Named(row.Fields) is { } name ? new RoleRules { Name = name } : null;
        }
    }

    // It must not be taken for the ready-made one of its name either.
    private static string? Named(string fields) =>
        JsonDocument.Parse(fields).RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private sealed record Kept(string? Name, IReadOnlyList<RecordGrant>? Records, string[]? Slices, string[]? Privileges, string[]? Networks,
        RoleHours[]? Hours, bool? RequiresMfa);

    private sealed record Row(Guid Id, int Version, string Fields);

    /// <summary>The roles one tenant has made, at one time.</summary>
    private sealed class TenantRoles(IReadOnlyCollection<Row> rows, Func<Row, RoleRules?> read)
    {
        private readonly HashSet<Row> rows = [.. rows];
        private readonly Dictionary<string, RoleRules> byName =
            rows.OrderBy(r => r.Id).Select(read).OfType<RoleRules>().DistinctBy(r => r.Name).ToDictionary(r => r.Name, StringComparer.Ordinal);

        public ConcurrentDictionary<string, Rights> Merged { get; } = new(StringComparer.Ordinal);

        public bool AreOf(List<Row> others) => rows.SetEquals(others);

        public bool Has(RoleRules role) => byName.ContainsKey(role.Name);

        public RoleRules? Find(string name) =>
            name == ReadyMade.Administrator.Name ? Administrator : byName.GetValueOrDefault(name) ?? ReadyMade.Roles.GetValueOrDefault(name);

        // What it allows stays; what a tenant can say of it is that it wants a second factor.
        private RoleRules Administrator => byName.TryGetValue(ReadyMade.Administrator.Name, out var own)
            ? ReadyMade.Administrator with { RequiresMfa = own.RequiresMfa } : ReadyMade.Administrator;
    }
}
