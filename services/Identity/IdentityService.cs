using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.ApiKeys;
using CrmPlatform.Identity.Calls;
using CrmPlatform.Identity.Clients;
using CrmPlatform.Identity.Companies;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.People;
using CrmPlatform.Identity.Roles;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Identity.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        it.Reacts<OnFormSubmissionConfirmationAsked>();
        it.Reacts<OnWebhookDisabled>();
        it.Keeps<Team>("teams", Team.Rule);
        it.Keeps<SignIn>("signIns", SignIn.Rule);
        it.Post("/signIns/{id:guid}/revoke", RevokeSignIn.Handle);
        it.Keeps<Role>("roles", Role.Rule);
        it.Get("/roles/readyMade", ListReadyMadeRoles.Handle);
        it.Uses(services => services.AddSingleton<Sealed>());

        it.Keeps<Client>("clients", Client.Rule);
        it.Post("/clients/{id:guid}/issue", IssueClientSecret.Handle);
        it.Post("/clients/{id:guid}/revoke", RevokeClient.Handle);
        it.Get("/clients/{id:guid}/secrets", ReadClientSecrets.Handle);
        it.Keeps<ApiKey>("apiKeys", ApiKey.Rule);
        it.Post("/apiKeys/{id:guid}/issue", IssueApiKey.Handle);
        it.Post("/apiKeys/{id:guid}/revoke", RevokeApiKey.Handle);
        it.Get("/apiKeys/{id:guid}/secrets", ReadApiKeySecrets.Handle);
        it.Keeps<Connection>("connections", Connection.Rule);
        it.Post("/connections/{id:guid}/revoke", RevokeConnection.Handle);
        it.Get("/calls", ListCalls.Handle);
        it.Get("/usage", ReadUsage.Handle);
        it.Uses(services => services.AddSingleton<CallKeeper>().AddHostedService<CallIntake>().AddHostedService<CallSweeper>());
        it.Opens([.. PagesRegistration.Paths, .. Protocol.Paths]);
        it.Uses(services => services.AddProtocol());
    }

    /// <inheritdoc/>
    protected internal override void Build(WebApplicationBuilder builder, Settings settings, IReadOnlyList<App> neighbours)
    {
        base.Build(builder, settings, neighbours);
        builder.Services.AddPages(settings);
    }

    /// <inheritdoc/>
    protected internal override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapPages();
        app.MapProtocol();
        app.MapPost("/ops/companies/{id:guid}/plan", ChangePlan.Handle).WithName(nameof(ChangePlan)).WithTags("ops").WithMetadata(new Needs(Scopes.Ops));
    }
}
