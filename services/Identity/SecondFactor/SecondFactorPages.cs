using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.SecondFactor;

/// <summary>The second step of logging in: showing a code, or beginning to use an app where a role asks for one.</summary>
internal static class SecondFactorPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(LogInPages.SecondFactor, async (HttpContext http, LoggingIn logging) => logging.StepOf(http) is { } step
            ? Html.Page<CodePage>(await logging.CodeAsked(step, null, http.RequestAborted)) : Html.GoTo(LogInPages.Start));
        pages.MapPost(LogInPages.SecondFactor, Take);
        pages.MapGet(LogInPages.Enrol, (HttpContext http, LoggingIn logging, SecondFactors factors) =>
            logging.StepOf(http) is { } step ? Ask(factors, step.Email, null, null) : Html.GoTo(LogInPages.Start));
        pages.MapPost(LogInPages.Enrol, Enrol);
        pages.MapPost(LogInPages.Enrolled, async (HttpContext http, LoggingIn logging) => logging.StepOf(http) is { } step
            ? Html.GoTo(await logging.Next(http, step)) : Html.GoTo(LogInPages.Start));
    }

    private static async Task<IResult> Take(HttpContext http, LoggingIn logging, SecondFactors factors, Attempts attempts)
    {
        if (logging.StepOf(http) is not { } step)
            return Html.GoTo(LogInPages.Start);
        var (code, cancel, visit) = ((await http.Request.ReadFormAsync(http.RequestAborted))["code"].ToString(), http.RequestAborted, Visit.Of(http));
        var second = $"{step.Email} second"; // a count of its own: who has the password guesses here
        if (await attempts.Take(second, visit, null, cancel) is { } wait)
            return Html.Page<CodePage>(await logging.CodeAsked(step, $"There were too many attempts. Try again in {Html.Duration(wait)}.", cancel), 429);
        if (await factors.Take(step.Email, code, cancel) is not { } amr)
            return Html.Page<CodePage>(await logging.CodeAsked(step, "This code is not right. Each counts once, and for half a minute.", cancel), 422);
        await attempts.Passed(second, visit, null, cancel);
        return Html.GoTo(await logging.Next(http, step.With(amr)));
    }

    private static IResult Ask(SecondFactors factors, string email, byte[]? seed, string? trouble)
    {
        seed ??= Totp.NewSeed();
        return Html.Page<EnrolPage>(
            new EnrolPage.Shown(LogInPages.Enrol, seed, factors.Wrap(seed, email), email, IsForced: true, trouble), trouble is null ? 200 : 422);
    }

    private static async Task<IResult> Enrol(HttpContext http, LoggingIn logging, SecondFactors factors)
    {
        if (logging.StepOf(http) is not { } step || !await logging.MustEnrol(step, http.RequestAborted))
            return Html.GoTo(LogInPages.Start);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (factors.Unwrap(form["seed"], step.Email) is not { } seed)
            return Html.GoTo(LogInPages.Enrol);
        if (await factors.Begin(step.Email, seed, form["code"], Visit.Of(http), http.RequestAborted) is not { } codes)
            return Ask(factors, step.Email, seed, "This code is not right. Wait for the next one.");
        logging.Keep(http, step.With("otp"));
        return Html.Page<CodesPage>(new CodesPage.Shown(codes, LogInPages.Enrolled));
    }
}
