using CrmPlatform.Hosting;
using CrmPlatform.Identity.Keys;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmPlatform.Identity.OAuth;

/// <summary>The doors of OAuth 2.1 and OpenID Connect, and what stands behind them.</summary>
internal static class Protocol
{
    /// <summary>The first parts of the paths under which they are: what the edge passes on.</summary>
    public static readonly string[] Paths = ["/.well-known", "/oauth"];

    public static void AddProtocol(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IHostedService>(p => p.GetRequiredService<SigningKeys>());
        services.AddHostedService<OAuthSweeper>();
        services.AddSingleton<OAuthMetrics>();
        services.AddSingleton<Issuing>();
        services.AddSingleton<Connections>();
        services.AddSingleton<ClientCheck>();
        services.AddSingleton<CodeGrant>();
        services.AddSingleton<RefreshGrant>();
        services.AddSingleton<OwnGrant>();
        services.AddSingleton<KeyGrant>();
        services.AddSingleton<TokenDoor>();
        services.AddSingleton<RevokeDoor>();
        services.AddSingleton<IntrospectDoor>();
        services.AddSingleton<UserInfoDoor>();
        services.AddSingleton<AuthorizeDoor>();
        services.AddSingleton<LogOutDoor>();
    }

    public static void MapProtocol(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").ExcludeFromDescription();
        open.MapGet("/.well-known/openid-configuration", (Settings settings, HttpContext http) => Known(http, Metadata.Of(settings)));
        open.MapGet("/.well-known/oauth-authorization-server", (Settings settings, HttpContext http) => Known(http, Metadata.Of(settings)));
        open.MapGet("/.well-known/jwks.json", (SigningKeys keys, HttpContext http) => keys.Count > 0
            ? Known(http, keys.Published, "application/jwk-set+json")
            : throw new Refusal(503, "starting", "There are no keys yet. Try again."));

        var programs = open.MapGroup("/oauth").AddEndpointFilter<OAuthGate>();
        programs.MapPost("/token", (TokenDoor door, HttpContext http) => door.Handle(http)).DisableAntiforgery();
        programs.MapPost("/revoke", (RevokeDoor door, HttpContext http) => door.Handle(http)).DisableAntiforgery();
        programs.MapPost("/introspect", (IntrospectDoor door, HttpContext http) => door.Handle(http)).DisableAntiforgery();
        open.MapMethods("/oauth/userinfo", ["GET", "POST"], (UserInfoDoor door, HttpContext http) => door.Handle(http));

        // A client's form comes from elsewhere, as it should; that of the page which asks for consent must not.
        open.MapPost(AuthorizationRequest.Path, (Delegate)AuthorizeDoor.AskByForm).DisableAntiforgery();
        var people = open.MapGroup("").AddEndpointFilter<PageGate>();
        people.MapGet(AuthorizationRequest.Path, (AuthorizeDoor door, HttpContext http) => door.Ask(http));
        people.MapPost("/oauth/consent", (AuthorizeDoor door, HttpContext http) => door.Decide(http)).DisableAntiforgery();
        people.MapGet("/oauth/log-out", (LogOutDoor door, HttpContext http) => door.Handle(http));
    }

    private static IResult Known(HttpContext http, object what, string type = "application/json")
    {
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Json(what, contentType: type);
    }
}
