using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Teams;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.People;

/// <summary>What holds whoever writes a person, through whichever door.</summary>
public static class UserRule
{
    /// <summary>Those who look after people decide who is there, with which roles and teams; the rest everybody may keep who may edit the record.</summary>
    public static async ValueTask<User> Rule(Session session, User? before, User after)
    {
        after = after with
        {
            Email = after.Email.Trim().ToLowerInvariant(),
            WorkingHours = WorkingTime.Checked(after.WorkingHours),
            Teams = [.. after.Teams.Select(Normal).Distinct()],
            Roles = [.. after.Roles.Distinct()],
            OwnerId = after.Id, // a person's record is their own
        };
        if (after.AbsentFrom > after.AbsentUntil)
            throw Refusal.Invalid("absentUntil", "The last day away is before the first.");
        if (before is not null && before.Email != after.Email)
            throw Refusal.Invalid("email", "The address says who somebody is. Invite the new one, and hand over what the old one has.");
        if (before is null || Decides(before, after))
            await session.Demand(Privilege.People);
        if (before is null || !before.Roles.SequenceEqual(after.Roles))
            await CheckRoles(session, before?.Roles ?? [], after.Roles);
        if (before is null || !before.Teams.SequenceEqual(after.Teams))
            await CheckTeams(session, after.Teams);
        if (Counts(after) && (before is null || !Counts(before)))
            await Plans.CheckRoom(session, after.Id);
        if (before is not null && IsAdministrator(before) && !IsAdministrator(after))
            await CheckAdministrators(session, after.Id);
        if (before is { DeletedAt: null } && after.DeletedAt is not null)
            await LogIns.EndAll(session, after.Id, "deactivated");
        return after;
    }

    private static bool Decides(User before, User after) =>
        !before.Roles.SequenceEqual(after.Roles) || !before.Teams.SequenceEqual(after.Teams) || before.TeamId != after.TeamId
        || before.Status != after.Status || before.DeletedAt is null != after.DeletedAt is null;

    // Nobody gives or takes what they do not have: who looks after people would else make an administrator of themselves.
    private static async Task CheckRoles(Session session, string[] before, string[] after)
    {
        var mine = (await session.Standing()).Rights;
        if (mine.IsEverything)
            return;
        foreach (var role in before.Except(after).Concat(after.Except(before)))
        {
            var theirs = await session.RightsOf([role]);
            if (theirs.IsEverything || Privilege.All.Any(p => theirs.Has(p) && !mine.Has(p)))
                throw Refusal.Invalid("roles", $"The role {role} allows more than yours do: it is given and taken by those who have it.");
        }
    }

    private static async Task CheckTeams(Session session, string[] teams)
    {
        var known = (await session.List<Team>("deleted_at is null and id = any(@ids)", new { ids = teams.Select(Guid.Parse).ToArray() }))
            .Select(t => t.Id.ToString()).ToHashSet();
        if (teams.FirstOrDefault(t => !known.Contains(t)) is { } unknown)
            throw Refusal.Invalid("teams", $"There is no team {unknown}.");
    }

    // Locked, so that two who leave at once do not each count on the other.
    private static async Task CheckAdministrators(Session session, Guid but)
    {
        var others = await session.List<User>(
            "deleted_at is null and status = 'active' and roles @> array[@role] and id <> @but", new { role = ReadyMade.Administrator.Name, but },
            locks: true);
        if (others.Count == 0)
            throw new Refusal(409, "last_administrator", "This is the last administrator. Make somebody else one first.");
    }

    private static bool Counts(User user) => user.DeletedAt is null && user.Status != UserStatus.Deactivated;

    private static bool IsAdministrator(User user) =>
        user.DeletedAt is null && user.Status == UserStatus.Active && user.Roles.Contains(ReadyMade.Administrator.Name);

    private static string Normal(string team) => Guid.TryParse(team, out var id) ? id.ToString()
        : throw Refusal.Invalid("teams", $"'{team}' is no id of a team.");
}
