using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Journal.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.SignUp;

/// <summary>The pages on which a company signs up, and a person begins.</summary>
internal static class SignUpPages
{
    private const string Welcome = "/welcome";
    private const int MostName = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-up", () => Html.Page<SignUpPage>(new SignUpPage.Shown("", "", "")));
        pages.MapPost("/sign-up", Ask);
        pages.MapGet(Welcome, (HttpContext http, string? link, Links links, SignUps signUps, LoggingIn logging) => Show(http, link, links, signUps, logging));
        pages.MapPost(Welcome, Begin);
    }

    private static async Task<IResult> Ask(HttpContext http, SignUps signUps, Attempts attempts)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var shown = new SignUpPage.Shown(Line(form["company"]), Line(form["name"]), Login.Normal(form["email"]));
        Check(shown.Errors, "company", shown.Company, "Enter the name of the company.");
        Check(shown.Errors, "name", shown.Name, "Enter your name.");
        if (!IsEmail(shown.Email))
            shown.Errors["email"] = "Enter an e-mail address like ada@example.com.";
        if (shown.Errors.Count > 0)
            return Html.Page<SignUpPage>(shown, 422);
        if (await attempts.TakeMail(shown.Email, Visit.Of(http), http.RequestAborted) is { } wait)
            return Html.Page<SignUpPage>(shown with { Trouble = $"There were too many attempts. Try again in {Html.Duration(wait)}." }, 429);
        await signUps.Ask(shown.Company, shown.Name, shown.Email, http.RequestAborted);
        return Html.Page<SentPage>(new SentPage.Shown(shown.Email, "confirm the company and choose your password"));
    }

    private static async Task<IResult> Show(HttpContext http, string? link, Links links, SignUps signUps, LoggingIn logging) =>
        await links.Find(link, http.RequestAborted) is { Purpose: Links.SignUp or Links.Invitation } found
        && await signUps.Welcome(found, http.RequestAborted) is { } welcome
            ? Html.Page<WelcomePage>(new WelcomePage.Shown(
                link!, welcome.Company, welcome.Name, found.Email, await logging.HasPassword(found.Email, http.RequestAborted)))
            : Html.Page<SpentPage>(status: 410);

    private static async Task<IResult> Begin(HttpContext http, Links links, SignUps signUps, LoggingIn logging)
    {
        var (form, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        if (await links.Find(form["link"], cancel) is not { Purpose: Links.SignUp or Links.Invitation } link
            || await signUps.Welcome(link, cancel) is not { } welcome)
            return Html.Page<SpentPage>(status: 410);
        var (name, password, isKnown) = (Line(form["name"]), form["password"].ToString(), await logging.HasPassword(link.Email, cancel));
        var shown = new WelcomePage.Shown(form["link"]!, welcome.Company, name, link.Email, isKnown);
        Check(shown.Errors, "name", name, "Enter your name.");
        if (!isKnown && Passwords.Refuse(password, link.Email, name) is { } weak)
            shown.Errors["password"] = weak;
        if (shown.Errors.Count > 0)
            return Html.Page<WelcomePage>(shown, 422);
        if (isKnown && await logging.Recognise(http, link.Email, password) is { } trouble)
        {
            shown.Errors["password"] = trouble;
            return Html.Page<WelcomePage>(shown, 422);
        }
        if (!isKnown)
            await logging.SetPassword(link.Email, password, cancel);
        if (!await signUps.Answer(link, name, cancel))
            return Html.Page<SpentPage>(status: 410);
        var company = link.Purpose == Links.SignUp ? link.Read<NewCompany>().Id : link.Tenant;
        return Html.GoTo(await logging.Next(http, logging.First(link.Email, "pwd", null) with { Company = company }));
    }

    internal static bool IsEmail(string text) => text.Length > 0 && new EmailAttribute().IsValid(text);

    private static string Line(string? text) => new([.. (text ?? "").Trim().Where(c => !char.IsControl(c))]);

    private static void Check(Dictionary<string, string> errors, string field, string value, string message)
    {
        if (value.Length is 0 or > MostName)
            errors[field] = value.Length == 0 ? message : $"Use at most {MostName} characters.";
    }
}
