using CrmPlatform.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.LogIn;

/// <summary>The pages of logging in and out.</summary>
internal static class LogInPages
{
    public const string Start = "/log-in";
    public const string SecondFactor = "/log-in/code";
    public const string Company = "/log-in/company";
    public const string Enrol = "/log-in/app";
    public const string Enrolled = "/log-in/app/kept";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Start, (HttpContext http, string? returnTo, string? email, LogIns logIns) => Ask(http, returnTo, email, logIns));
        pages.MapPost(Start, LogIn);
        pages.MapGet(Company, ChooseCompany);
        pages.MapPost(Company, GoToCompany);
        pages.MapPost("/log-out", LogOut);
    }

    private static async Task<IResult> Ask(HttpContext http, string? returnTo, string? email, LogIns logIns) =>
        await logIns.Current(http) is not null && LoggingIn.Local(returnTo) is null
            ? Html.GoTo(LoggingIn.Begin)
            : Html.Page<LogInPage>(new LogInPage.Shown(email, LoggingIn.Local(returnTo)));

    private static async Task<IResult> LogIn(HttpContext http, LoggingIn logging)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (email, password, returnTo) = (Login.Normal(form["email"]), form["password"].ToString(), LoggingIn.Local(form["returnTo"]));
        var shown = new LogInPage.Shown(email, returnTo);
        if (email.Length is 0 or > 254 || !email.Contains('@', StringComparison.Ordinal))
            shown.Errors["email"] = "Enter your e-mail address.";
        if (password.Length is 0 or > Passwords.Longest)
            shown.Errors["password"] = "Enter your password.";
        if (shown.Errors.Count > 0)
            return Html.Page<LogInPage>(shown, 422);

        var attempted = await logging.WithPassword(http, email, password, returnTo);
        if (attempted.GoTo is { } next)
            return Html.GoTo(next);
        if (attempted.Wait is { } wait)
            http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
        return Html.Page<LogInPage>(
            shown with
            {
                Trouble = attempted.Wait is { } pause
                    ? $"There were too many attempts. Try again in {Html.Duration(pause)}."
                    : "The e-mail address or the password is not right.",
            },
            attempted.Wait is null ? 422 : 429);
    }

    private static async Task<IResult> ChooseCompany(HttpContext http, LoggingIn logging) => logging.StepOf(http) is { } step
        ? Html.Page<CompanyPage>(new CompanyPage.Shown(step.Email, await logging.Companies(step, http.RequestAborted)))
        : Html.GoTo(Start);

    private static async Task<IResult> GoToCompany(HttpContext http, LoggingIn logging)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return logging.StepOf(http) is { } step && Guid.TryParse(form["company"], out var company)
            ? Html.GoTo(await logging.Next(http, step with { Company = company }))
            : Html.GoTo(Start);
    }

    private static async Task<IResult> LogOut(HttpContext http, LogIns logIns)
    {
        if (await logIns.Current(http) is { } who)
            await logIns.End(http, who, "loggedOut");
        return Html.GoTo(Start);
    }
}
