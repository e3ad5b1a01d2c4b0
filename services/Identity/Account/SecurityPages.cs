using System.Buffers.Text;
using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.SecondFactor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Account;

/// <summary>How somebody shows who they are: password, authenticator app, passkeys. What makes it weaker wants the password again.</summary>
internal static class SecurityPages
{
    public const string Path = "/account/security";
    private const string App = $"{Path}/app";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, UserManager<Login> logins) => AccountPages.For(http, who => Show(http, who, logins)));
        pages.MapPost(Path, (HttpContext http, UserManager<Login> logins, LoggingIn logging, SecondFactors factors, PageSessions sessions, Letters letters) =>
            AccountPages.For(http, who => Change(http, who, logins, logging, factors, sessions, letters)));
        pages.MapGet(App, (HttpContext http, SecondFactors factors) => AccountPages.For(http, who => Task.FromResult(Ask(factors, who.Email, null, null))));
        pages.MapPost(App, (HttpContext http, SecondFactors factors) => AccountPages.For(http, who => Enrol(http, who, factors)));
        pages.MapPost($"{App}/kept", () => Html.GoTo($"{Path}?done=app"));
    }

    private static async Task<IResult> Show(HttpContext http, SignedIn who, UserManager<Login> logins, Action<Dictionary<string, string>>? wrong = null)
    {
        var login = (await logins.FindByNameAsync(who.Email))!;
        var passkeys = (await logins.GetPasskeysAsync(login))
            .Select(p => new SecurityPage.Passkey(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt));
        var shown = new SecurityPage.Shown(who.Email, login.Totp is not null, login.Recovery.Length, [.. passkeys])
        {
            Done = http.Request.Query["done"].ToString() switch
            {
                "password" => "Your password has changed, and all other devices are logged out.",
                "app" => "Your authenticator app is asked for from now on.",
                "passkey" => "You can log in with the passkey from now on.",
                "removed" => "It is removed.",
                _ => null,
            },
            Trouble = http.Request.Query["trouble"] == "passkey" ? "The passkey was not taken. Try again." : null,
        };
        wrong?.Invoke(shown.Errors);
        return Html.Page<SecurityPage>(shown, shown.Errors.Count > 0 ? 422 : 200);
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, UserManager<Login> logins, LoggingIn logging, SecondFactors factors, PageSessions sessions, Letters letters)
    {
        var (form, cancel, visit) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted, Visit.Of(http));
        var what = form["what"].ToString();
        var field = what == "password" ? "current" : $"{what}Password";
        if (await logging.Recognise(http, who.Email, form[field].ToString()) is { } trouble)
            return await Show(http, who, logins, errors => errors[field] = trouble);
        switch (what)
        {
            case "password":
                if (Passwords.Refuse(form["password"], who.Email, who.Name) is { } weak)
                    return await Show(http, who, logins, errors => errors["password"] = weak);
                await logging.ChangePassword(http, who.Email, form["password"].ToString(), but: who);
                await Tell(sessions, letters, PasswordLetters.Changed(who.Email, visit), cancel);
                return Html.GoTo($"{Path}?done=password");
            case "codes":
                return Html.Page<CodesPage>(new CodesPage.Shown(await factors.Renew(who.Email, visit, cancel), $"{App}/kept"));
            case "app":
                await factors.End(who.Email, visit, cancel);
                break;
            case "passkey" when Base64Url.IsValid(form["id"].ToString()):
                await logins.RemovePasskeyAsync((await logins.FindByNameAsync(who.Email))!, Base64Url.DecodeFromChars(form["id"].ToString()));
                await Tell(sessions, letters, PasswordLetters.SecondFactor(who.Email, "A passkey was removed", visit), cancel);
                break;
        }
        return Html.GoTo($"{Path}?done=removed");
    }

    private static async Task Tell(PageSessions sessions, Letters letters, Letter letter, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        await letters.Post(session, letter);
        await session.Commit();
    }

    private static IResult Ask(SecondFactors factors, string email, byte[]? seed, string? trouble)
    {
        seed ??= Totp.NewSeed();
        return Html.Page<EnrolPage>(new EnrolPage.Shown(App, seed, factors.Wrap(seed, email), email, IsForced: false, trouble), trouble is null ? 200 : 422);
    }

    private static async Task<IResult> Enrol(HttpContext http, SignedIn who, SecondFactors factors)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (factors.Unwrap(form["seed"], who.Email) is not { } seed)
            return Html.GoTo(App);
        return await factors.Begin(who.Email, seed, form["code"], Visit.Of(http), http.RequestAborted) is { } codes
            ? Html.Page<CodesPage>(new CodesPage.Shown(codes, $"{App}/kept"))
            : Ask(factors, who.Email, seed, "This code is not right. Wait for the next one.");
    }
}
