using CrmPlatform.Hosting;
using CrmPlatform.Identity.Account;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Passkeys;
using CrmPlatform.Identity.SecondFactor;
using CrmPlatform.Identity.SignUp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmPlatform.Identity.Pages;

/// <summary>The pages of the service, and what they are made with.</summary>
internal static class PagesRegistration
{
    /// <summary>The first parts of all paths under which there are pages: what the edge passes on.</summary>
    public static readonly string[] Paths = ["/log-in", "/log-out", "/sign-up", "/welcome", "/reset", "/account", "/mail", "/assets/identity"];

    public static void AddPages(this IServiceCollection services, Settings settings)
    {
        services.AddScoped<PageState>();
        services.AddSingleton<PageSessions>();
        services.AddSingleton<LogIns>();
        services.AddSingleton<LoggingIn>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<LogInMetrics>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<SecondFactors>();
        services.AddPasskeys(settings);
        services.AddSingleton<Links>();
        services.AddSingleton<Letters>();
        services.AddSingleton<MailFolder>();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<Outgoing>();
        services.AddSingleton<IHostedService, Postman>();
        services.AddSingleton<IHostedService, TimeOuts>();
    }

    // A passkey is for a name, never for an address of numbers: a development machine is called localhost.
    private static void AddPasskeys(this IServiceCollection services, Settings settings)
    {
        var issuer = new Uri(settings.Issuer);
        var domain = issuer.IsLoopback ? "localhost" : issuer.IdnHost;
        var origin = new UriBuilder(issuer) { Host = domain, Path = "" }.Uri.GetLeftPart(UriPartial.Authority);
        services.AddIdentityCore<Login>(identity => identity.User.AllowedUserNameCharacters = "").AddUserStore<LoginStore>();
        services.AddScoped<IPasskeyHandler<Login>, PasskeyHandler<Login>>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = domain;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ValidateOrigin = said => ValueTask.FromResult(said.Origin == origin && !said.CrossOrigin);
        });
    }

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        PageFiles.Map(app);
        var pages = app.MapGroup("").AddEndpointFilter<PageGate>().ExcludeFromDescription();
        LogInPages.Map(pages);
        SecondFactorPages.Map(pages);
        PasskeyPages.Map(pages);
        ResetPages.Map(pages);
        SignUpPages.Map(pages);
        AccountPages.Map(pages);
        SecurityPages.Map(pages);
        MailPages.Map(pages, app.ServiceProvider.GetRequiredService<MailFolder>());
    }
}
