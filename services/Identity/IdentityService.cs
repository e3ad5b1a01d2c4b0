using CrmPlatform.Hosting;
using CrmPlatform.Identity.Roles;
using CrmPlatform.Identity.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Identity;

/// <summary>Who may do what: the roles a tenant has made, which every service hears of and holds its callers to.</summary>
public sealed class IdentityService : Service
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override int PortOffset => 4;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Keeps<Role>("roles", Role.Rule);
        it.Uses(services => services.AddSingleton<Sealed>());
    }
}
