using CrmPlatform.Access;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>/oauth/userinfo</c>: who the token's holder is, as far as they agreed to say.</summary>
internal sealed class UserInfoDoor(TokenCheck tokens, Revocations revocations, HttpMetrics metrics, PageSessions sessions)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        var (caller, refusal) = await Callers.Identify(http, tokens, metrics, Callers.CameFrom(http));
        if (refusal is not null)
            throw refusal;
        if (revocations.Has(caller!))
            throw new Refusal(401, "token_revoked", "What this token came from has been revoked.");
        if (!caller!.Scopes.Contains(OAuthScopes.OpenId))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\", scope=\"openid\"";
            return Results.Json(new { error = "insufficient_scope", error_description = "This needs a token with the scope openid." }, statusCode: 403);
        }
        await using var session = sessions.Begin(caller.Tenant, http.RequestAborted);
        if (!Guid.TryParse(caller.Actor.Id, out var id) || await Holder.Find(session, id) is not { } holder)
            throw new Refusal(401, "token_invalid", "Whoever this token is for is not here any more.");
        return Results.Json(holder.Claims(caller.Scopes).Prepend(("tenant", caller.Tenant)).Prepend(("sub", caller.Actor.Id))
            .ToDictionary(claim => claim.Item1, claim => claim.Item2));
    }
}
