using CrmPlatform.Hosting;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.People;
using CrmPlatform.Identity.Roles;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Identity.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Identity;

/// <summary>
/// Who is who, and who may do what: companies and their people, teams and roles, which every service hears of and holds its callers to; and the
/// pages on which people log in.
/// </summary>
public sealed class IdentityService : Service
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override int PortOffset => 4;

    /// <inheritdoc/>
    protected override void Declare(Contents it)
    {
        it.Keeps<Company>("companies", Company.Rule);
        it.Keeps<User>("users", UserRule.Rule);
        it.Post("/users/{id:guid}/invite", InviteUser.Handle);
        it.Post("/users/{id:guid}/deactivate", DeactivateUser.Handle);
        it.Reacts<OnUserCreated>();
        it.Keeps<Team>("teams", Team.Rule);
        it.Keeps<SignIn>("signIns", SignIn.Rule);
        it.Post("/signIns/{id:guid}/revoke", RevokeSignIn.Handle);
        it.Keeps<Role>("roles", Role.Rule);
        it.Uses(services => services.AddSingleton<Sealed>());
    }

    /// <inheritdoc/>
    protected override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
    {
        base.Build(builder, settings, neighbours);
        builder.Services.AddPages(settings);
    }

    /// <inheritdoc/>
    protected override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapPages();
    }
}
