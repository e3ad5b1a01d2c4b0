using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>/oauth/authorize</c>: a person comes from a client, shows who they are, agrees, and goes back with a code.</summary>
internal sealed class AuthorizeDoor(PageSessions sessions, LogIns logIns, Settings settings, TimeProvider clock, OAuthMetrics metrics)
{
    /// <summary>A client sends somebody here.</summary>
    public Task<IResult> Ask(HttpContext http) => Sent(async () =>
    {
        var request = await AuthorizationRequest.Read(Asked.OfQuery(http), sessions, settings, http.RequestAborted);
        var (who, silent) = (await logIns.Current(http), request.Prompt.Contains("none"));
        if (who is null || MustLogIn(request, who))
            return silent ? throw request.Refuse(settings, "login_required", "Nobody is logged in, or not lately enough.") : LogIn(http);
        Belongs(request, who);
        if (await Agreed(request, who, http.RequestAborted))
            return await SendCode(request, who, http.RequestAborted);
        return silent
            ? throw request.Refuse(settings, "consent_required", "The person has not agreed to this yet.")
            : Html.Page<ConsentPage>(new ConsentPage.Shown(
                request.Client.Name, who.Email, request.Scopes, request.Back, http.Request.QueryString.Value ?? ""));
    });

    /// <summary>The same from a form: on to the address that says it.</summary>
    public static async Task<IResult> AskByForm(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return Html.Page<OAuthErrorPage>(new OAuthErrorPage.Shown("The program that sent you here did not say what it wants."), 400);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Html.GoTo(QueryHelpers.AddQueryString(
            AuthorizationRequest.Path, form.SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value))));
    }

    /// <summary>The person has answered.</summary>
    public Task<IResult> Decide(HttpContext http) => Sent(async () =>
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var request = await AuthorizationRequest.Read(Asked.OfQuery(form["request"].ToString()), sessions, settings, http.RequestAborted);
        if (await logIns.Current(http) is not { } who)
            return Html.GoTo(LogInAt(AuthorizationRequest.Path + form["request"]));
        Belongs(request, who);
        if (form["decision"] != "agree")
            throw request.Refuse(settings, "access_denied", "The person does not agree.");
        await Remember(request, who, http.RequestAborted);
        return await SendCode(request, who, http.RequestAborted);
    });

    private async Task<IResult> Sent(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (SentBack back)
        {
            metrics.Refused("sent_back");
            return Html.GoTo(back.Address);
        }
        catch (OAuthRefusal refusal)
        {
            metrics.Refused(refusal.Error);
            return Html.Page<OAuthErrorPage>(new OAuthErrorPage.Shown(refusal.Message), 400);
        }
    }

    private bool MustLogIn(AuthorizationRequest request, SignedIn who) =>
        request.Prompt.Contains("login") || request.Prompt.Contains("select_account")
        || (request.MaxAge is { } age && clock.GetUtcNow() - who.At > age);

    // They have just logged in when they come back: what made them do so is not asked for again.
    private static IResult LogIn(HttpContext http)
    {
        var rest = QueryHelpers.ParseQuery(http.Request.QueryString.Value).Where(p => p.Key != "max_age").Select(p => p.Key != "prompt"
            ? p : KeyValuePair.Create(p.Key, new Microsoft.Extensions.Primitives.StringValues(
                string.Join(' ', $"{p.Value}".Split(' ').Except(["login", "select_account"])))));
        return Html.GoTo(LogInAt(QueryHelpers.AddQueryString(AuthorizationRequest.Path, rest)));
    }

    private static string LogInAt(string returnTo) => $"{LogInPages.Start}?returnTo={Uri.EscapeDataString(returnTo)}";

    private void Belongs(AuthorizationRequest request, SignedIn who)
    {
        if (request.Client.Tenant is { } tenant && tenant != who.Tenant)
            throw request.Refuse(settings, "access_denied", "The person belongs to another company than the client.");
    }

    private async Task<bool> Agreed(AuthorizationRequest request, SignedIn who, CancellationToken cancel)
    {
        if (request.IsForAnyProgram || request.Prompt.Contains("consent"))
            return false;
        if (request.Client.Trusted)
            return true;
        await using var session = sessions.Begin(who.Tenant, cancel);
        return (await session.Query<bool>(
            "select scopes @> @scopes from consent where tenant = @tenant and user_id = @user and client_id = @client",
            new { user = who.UserId, client = request.Client.Id, scopes = request.Scopes })) is [true];
    }

    private async Task Remember(AuthorizationRequest request, SignedIn who, CancellationToken cancel)
    {
        await using var session = sessions.Begin(who.Tenant, cancel);
        await session.Execute(
            """
            insert into consent (tenant, user_id, client_id, scopes, at) values (@tenant, @user, @client, @scopes, @now)
            on conflict (tenant, user_id, client_id) do update
            set scopes = array(select distinct unnest(consent.scopes || excluded.scopes)), at = excluded.at
            """,
            new { user = who.UserId, client = request.Client.Id, scopes = request.Scopes, now = session.Now });
        await session.Commit();
    }

    private async Task<IResult> SendCode(AuthorizationRequest request, SignedIn who, CancellationToken cancel)
    {
        var code = Opaque.Make(CodeGrant.Prefix, who.Tenant);
        await using var session = sessions.Begin(who.Tenant, cancel);
        await session.Execute(
            """
            insert into oauth_code (tenant, hash, client_id, redirect_uri, scopes, challenge, nonce, user_id, sign_in_id, ends_at)
            values (@tenant, @hash, @client, @back, @scopes, @challenge, @nonce, @user, @signIn, @ends)
            """,
            new
            {
                hash = Opaque.Hash(code),
                client = request.Client.Id,
                back = request.RedirectUri,
                scopes = request.Scopes,
                challenge = request.Challenge,
                nonce = request.Nonce,
                user = who.UserId,
                signIn = who.SignInId,
                ends = session.Now + CodeGrant.Life,
            });
        await session.Commit();
        return Html.GoTo(request.Answer(settings, ("code", code)));
    }
}
