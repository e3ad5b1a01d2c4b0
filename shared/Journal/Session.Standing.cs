using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal;

/// <summary>What who acts may do.</summary>
public sealed partial class Session
{
    private Standing? standing;

    /// <summary>Where the one who acts stands: the same throughout the session.</summary>
    public ValueTask<Standing> Standing()
    {
        return standing is null ? Asked() : new(standing);

        async ValueTask<Standing> Asked() => standing = await home.Roles.Of(Cause, cancel);
    }

    /// <summary>
    /// From here on it is answered what somebody would see who has this role alone: for those who decide on roles, before anything else is asked. Nothing is
    /// to be changed in such a session.
    /// </summary>
    public async ValueTask LookAs(string role)
    {
        await Demand(Privilege.DataModel);
        standing = await home.Roles.StandingWith(Cause.Tenant, Guid.Empty, [role], [], cancel);
    }

    /// <summary>
    /// Where a user of this tenant stands at most, who is not here: as identity has told of them; nowhere when they act no more, null when it has told nothing.
    /// </summary>
    public ValueTask<Standing?> StandingOf(Guid user) => home.Roles.StandingOf(Cause.Tenant, user, cancel);

    /// <summary>Where somebody stands at most who has these roles and teams.</summary>
    public ValueTask<Standing> StandingWith(Guid who, IReadOnlyList<string> roles, IReadOnlyList<Guid> teams) =>
        home.Roles.StandingWith(Cause.Tenant, who, roles, teams, cancel);

    /// <summary>What some roles of this tenant allow together, whoever asks.</summary>
    public async ValueTask<Rights> RightsOf(IReadOnlyList<string> roles) =>
        await home.Roles.RightsOf(Cause.Tenant, roles, cancel);

    /// <summary>Where everybody stands who may act, and the tenant's teams.</summary>
    internal Task<(List<(string? Name, Standing Standing)> People, TeamTree Teams)> Everybody() => home.Roles.Everybody(Cause.Tenant, cancel);
}
