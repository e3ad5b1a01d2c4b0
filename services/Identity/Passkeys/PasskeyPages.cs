using System.Security.Cryptography;
using System.Text.Json;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Passkeys;

/// <summary>
/// Passkeys: made while logged in, and then enough to log in with, since the device has checked who holds it. What a browser has to answer to is sealed
/// in a cookie of its own, for a few minutes.
/// </summary>
internal static class PasskeyPages
{
    private const string Use = "passkey";
    private const int MostName = 60;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/log-in/passkey/options", AskToShow);
        pages.MapPost("/log-in/passkey", LogIn);
        pages.MapPost("/account/passkeys/options", AskToMake);
        pages.MapPost("/account/passkeys", Add);
    }

    private static async Task<IResult> AskToShow(HttpContext http, IPasskeyHandler<Login> passkeys, Sealed secrets, PageSessions sessions)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, http);
        Keep(http, secrets, sessions, "show", asked.AssertionState);
        return Results.Text(asked.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> LogIn(
        HttpContext http, IPasskeyHandler<Login> passkeys, UserManager<Login> logins, LoggingIn logging, Attempts attempts, Sealed secrets,
        PageSessions sessions, LogInMetrics metrics)
    {
        var (form, visit) = (await http.Request.ReadFormAsync(http.RequestAborted), Visit.Of(http));
        var shown = new LogInPage.Shown(Login.Normal(form["email"]), LoggingIn.Local(form["returnTo"]) ?? logging.StepOf(http)?.ReturnTo);
        if (await attempts.Take("passkey", visit, Devices.Of(http), http.RequestAborted, byAccount: false) is { } wait)
            return Html.Page<LogInPage>(shown with { Trouble = $"There were too many attempts. Try again in {Html.Duration(wait)}." }, 429);
        if (Kept(http, secrets, sessions, "show") is not { } state
            || await passkeys.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = form["credential"].ToString(), AssertionState = state })
                is not { Succeeded: true } done)
        {
            metrics.Tried("wrong");
            return Html.Page<LogInPage>(shown with { Trouble = "This passkey is not known here. Log in with your password." }, 422);
        }
        await logins.AddOrUpdatePasskeyAsync(done.User, done.Passkey);
        return Html.GoTo(await logging.Next(http, logging.First(done.User.Email, "hwk", shown.ReturnTo).With("user")));
    }

    private static async Task<IResult> AskToMake(
        HttpContext http, PageState state, IPasskeyHandler<Login> passkeys, UserManager<Login> logins, Sealed secrets, PageSessions sessions)
    {
        if (state.SignedIn is not { } who || await logins.FindByNameAsync(who.Email) is not { } login)
            return Results.Unauthorized();
        var asked = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = login.Id.ToString(), Name = login.Email, DisplayName = who.Name }, http);
        Keep(http, secrets, sessions, login.Email, asked.AttestationState);
        return Results.Text(asked.CreationOptionsJson, "application/json");
    }

    private static async Task<IResult> Add(
        HttpContext http, PageState state, IPasskeyHandler<Login> passkeys, UserManager<Login> logins, Sealed secrets, PageSessions sessions,
        Letters letters)
    {
        if (state.SignedIn is not { } who || await logins.FindByNameAsync(who.Email) is not { } login)
            return Html.GoTo(LogInPages.Start);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Kept(http, secrets, sessions, login.Email) is not { } kept
            || await passkeys.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = form["credential"].ToString(), AttestationState = kept })
                is not { Succeeded: true } made)
            return Html.GoTo("/account/security?trouble=passkey");
        var name = form["name"].ToString().Trim();
        made.Passkey.Name = name.Length is 0 or > MostName ? $"Passkey of {Visit.Of(http).Device}" : name;
        await logins.AddOrUpdatePasskeyAsync(login, made.Passkey);
        await using var session = sessions.Begin(http.RequestAborted);
        await letters.Post(session, PasswordLetters.SecondFactor(login.Email, $"There is a new passkey, {made.Passkey.Name}", Visit.Of(http)));
        await session.Commit();
        return Html.GoTo("/account/security?done=passkey");
    }

    private static void Keep(HttpContext http, Sealed secrets, PageSessions sessions, string owner, string? state) => Cookies.Write(
        http, Cookies.Passkey,
        secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(new State(state ?? "", sessions.Now + Lasts)), Use, owner), Lasts);

    private static string? Kept(HttpContext http, Sealed secrets, PageSessions sessions, string owner)
    {
        try
        {
            var state = Cookies.Read(http, Cookies.Passkey) is { } box ? JsonSerializer.Deserialize<State>(secrets.Open(box, Use, owner)) : null;
            Cookies.Remove(http, Cookies.Passkey);
            return state?.Until > sessions.Now ? state.Said : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record State(string Said, DateTimeOffset Until);
}
