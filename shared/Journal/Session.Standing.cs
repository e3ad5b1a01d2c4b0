using CrmPlatform.Access.Roles;

namespace CrmPlatform.Journal;

/// <summary>What who acts may do.</summary>
public sealed partial class Session
{
    private Standing? standing;

    /// <summary>Where the one who acts stands: the same throughout the session.</summary>
    public async ValueTask<Standing> Standing() => standing ??= await home.Roles.Of(Cause, cancel);
}
