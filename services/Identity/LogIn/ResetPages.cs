using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.SignUp;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.LogIn;

/// <summary>A new password for who has forgotten theirs, by mail. The answer is the same whether there is such an account; so is the work.</summary>
internal static class ResetPages
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/reset", (string? email) => Html.Page<ResetPage>(new ResetPage.Shown(email ?? "")));
        pages.MapPost("/reset", Ask);
        pages.MapGet("/reset/password", async (HttpContext http, string? link, Links links) =>
            await links.Find(link, http.RequestAborted) is { Purpose: Links.Reset } found
                ? Html.Page<NewPasswordPage>(new NewPasswordPage.Shown(link!, found.Email)) : Html.Page<SpentPage>(status: 410));
        pages.MapPost("/reset/password", Choose);
    }

    private static async Task<IResult> Ask(HttpContext http, Attempts attempts, PageSessions sessions, Links links, Letters letters)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var shown = new ResetPage.Shown(Login.Normal(form["email"]));
        if (!SignUpPages.IsEmail(shown.Email))
        {
            shown.Errors["email"] = "Enter your e-mail address.";
            return Html.Page<ResetPage>(shown, 422);
        }
        if (await attempts.TakeMail(shown.Email, Visit.Of(http), http.RequestAborted) is { } wait)
            return Html.Page<ResetPage>(shown with { Trouble = $"There were too many attempts. Try again in {Html.Duration(wait)}." }, 429);
        await using var session = sessions.Begin(http.RequestAborted);
        var isKnown = (await Membership.Of(session, shown.Email)).Count > 0;
        var address = await links.Make(session, Links.Reset, "/reset/password", shown.Email, null, new { }, Lasts);
        await letters.Post(session, isKnown ? Yours(shown.Email, address) : Nobodys(shown.Email));
        await session.Commit();
        return Html.Page<SentPage>(new SentPage.Shown(shown.Email, "choose a new password"));
    }

    private static async Task<IResult> Choose(HttpContext http, Links links, LoggingIn logging, PageSessions sessions, Letters letters)
    {
        var (form, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        if (await links.Find(form["link"], cancel) is not { Purpose: Links.Reset } link)
            return Html.Page<SpentPage>(status: 410);
        var (shown, password) = (new NewPasswordPage.Shown(form["link"]!, link.Email), form["password"].ToString());
        if (Passwords.Refuse(password, link.Email) is { } weak)
        {
            shown.Errors["password"] = weak;
            return Html.Page<NewPasswordPage>(shown, 422);
        }
        await using (var session = sessions.Begin(cancel))
        {
            if ((await Membership.Of(session, link.Email)).Count == 0 || !await Links.Use(session, link))
                return Html.Page<SpentPage>(status: 410);
            await letters.Post(session, PasswordLetters.Changed(link.Email, Visit.Of(http)));
            await session.Commit();
        }
        await logging.ChangePassword(http, link.Email, password, but: null);
        return Html.GoTo(await logging.Next(http, logging.First(link.Email, "pwd", null)));
    }

    private static Letter Yours(string email, string address) => new(
        "reset", email, "Choose a new password", "Somebody, hopefully you, wants to choose a new password for your log-in.")
    {
        Action = ("Choose a new password", address),
        Below = ["The address works once, for an hour. If it was not you, do nothing: your password stays as it is."],
    };

    private static Letter Nobodys(string email) => new(
        "reset", email, "There is no log-in with this address",
        "Somebody, hopefully you, wanted to choose a new password for a log-in with this address. There is none.",
        "Perhaps you log in with another address, or your company has not invited you yet.");
}
