using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>What came of an attempt.</summary>
/// <param name="GoTo">Where to go on; null where it failed.</param>
/// <param name="Wait">How long to wait before the next attempt.</param>
public sealed record Attempted(string? GoTo, TimeSpan? Wait = null);

/// <summary>
/// Logging in, step by step: address and password, a second factor where the person has one, which company where there are several. Each step says
/// where the next one is; after the last a sign-in begins.
/// </summary>
public sealed class LoggingIn(
    PageSessions sessions, LogIns logIns, Passwords passwords, Attempts attempts, Sealed secrets, LogInMetrics metrics)
{
    /// <summary>An address and a password.</summary>
    public async Task<Attempted> WithPassword(HttpContext http, string email, string password, string? returnTo)
    {
        var (visit, device, cancel) = (Visit.Of(http), Devices.Of(http), http.RequestAborted);
        if (await attempts.Take(email, visit, device, cancel) is { } wait)
        {
            metrics.Tried("slowed");
            return new Attempted(null, wait);
        }
        Login? login;
        bool belongs;
        await using (var session = sessions.Begin(cancel))
        {
            login = await Login.Find(session, email);
            belongs = (await Membership.Of(session, email)).Count > 0;
        }
        if (!passwords.AreRight(login?.Password, password) || !belongs)
        {
            metrics.Tried("wrong");
            return new Attempted(null);
        }
        await attempts.Passed(email, visit, device, cancel);
        return new Attempted(await Next(http, Step.Of(email, "pwd", sessions.Now, Local(returnTo))));
    }

    /// <summary>How far the browser has come, or null.</summary>
    public Step? StepOf(HttpContext http) => Step.Read(http, secrets, sessions.Now);

    /// <summary>Where somebody goes on who has come this far: the sign-in begins when nothing is missing.</summary>
    public async Task<string> Next(HttpContext http, Step step)
    {
        await using var session = sessions.Begin(http.RequestAborted);
        var login = await Login.Find(session, step.Email);
        var companies = await Membership.Of(session, step.Email);
        if (login is null || companies.Count == 0)
            return LogInPages.Start;
        step.Write(http, secrets);
        if (login.HasSecondFactor && !step.IsStrong)
            return LogInPages.SecondFactor;
        if (companies.Count > 1 && companies.All(c => c.Company != step.Company))
            return LogInPages.Company;
        var who = companies.FirstOrDefault(c => c.Company == step.Company) ?? companies[0];
        await logIns.Begin(http, who, step.Email, step.Amr);
        await Devices.Remember(session, http, step.Email);
        await session.Commit();
        Cookies.Remove(http, Cookies.Step);
        metrics.Tried("passed");
        return step.ReturnTo ?? "/account";
    }

    /// <summary>The companies to choose from.</summary>
    public async Task<IReadOnlyList<Membership>> Companies(Step step, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        return await Membership.Of(session, step.Email);
    }

    /// <summary>An address of this installation, or nothing: nobody is sent elsewhere by a link to these pages.</summary>
    public static string? Local(string? returnTo) =>
        returnTo is { Length: > 0 and < 4000 } && returnTo[0] == '/' && !returnTo.StartsWith("//", StringComparison.Ordinal)
        && !returnTo.Contains('\\', StringComparison.Ordinal) && !returnTo.Any(char.IsControl) ? returnTo : null;
}
