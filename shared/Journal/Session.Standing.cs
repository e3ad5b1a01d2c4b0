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

    /// <summary>What some roles of this tenant allow together, whoever asks.</summary>
    public async ValueTask<Rights> RightsOf(IReadOnlyList<string> roles) =>
        await home.Roles.RightsOf(Cause.Tenant, roles, cancel);

    /// <summary>Where everybody stands who may act, and the tenant's teams.</summary>
    internal Task<(List<(string? Name, Standing Standing)> People, TeamTree Teams)> Everybody() => home.Roles.Everybody(Cause.Tenant, cancel);
}
