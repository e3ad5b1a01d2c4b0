using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>/oauth/log-out</c>: a client sends somebody here to log out (OpenID Connect RP-Initiated Logout).</summary>
internal sealed class LogOutDoor(PageSessions sessions, LogIns logIns, KeyRing keys, Settings settings)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        Asked asked;
        try
        {
            asked = HttpMethods.IsPost(http.Request.Method) ? await Asked.OfForm(http) : Asked.OfQuery(http);
        }
        catch (OAuthRefusal refusal)
        {
            return Html.Page<OAuthErrorPage>(new OAuthErrorPage.Shown(refusal.Message), 400);
        }
        var hint = Hint(asked["id_token_hint"]);
        if (await KnownClient.Find(sessions, settings, hint?.Client ?? asked["client_id"], http.RequestAborted) is { } client
            && (asked["client_id"] ?? client.Id) == client.Id
            && asked["post_logout_redirect_uri"] is { } after && client.MayEndAt(after))
            return await End(http, hint, asked["state"] is { } state ? QueryHelpers.AddQueryString(after, "state", state) : after);
        return await End(http, hint, LogInPages.Start);
    }

    // Who does not show the token of this very sign-in might be another site that wants somebody logged out: then the person is asked.
    private async Task<IResult> End(HttpContext http, Token? hint, string next)
    {
        if (await logIns.Current(http) is not { } who)
            return Html.GoTo(hint is null ? LogInPages.Start : next);
        if (hint is null || hint.User != who.UserId.ToString() || hint.Tenant != who.Tenant.ToString())
            return Html.Page<LogOutPage>(new LogOutPage.Shown(who.Email));
        await logIns.End(http, who, "loggedOut");
        return Html.GoTo(next);
    }

    // It may have ended: somebody who logs out has often been there for longer than it lasts.
    private Token? Hint(string? text)
    {
        if (text is null || Jws.Open(text, Issuing.IdTokenType, keys) is not { } payload)
            return null;
        using var said = JsonDocument.Parse(payload);
        string? Text(string name) => said.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Text("iss") == settings.Issuer ? new Token(Text("aud"), Text("sub"), Text("tenant")) : null;
    }

    private sealed record Token(string? Client, string? User, string? Tenant);
}
