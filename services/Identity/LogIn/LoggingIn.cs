using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.Mail;
using CrmPlatform.Identity.SecondFactor;
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
    PageSessions sessions, LogIns logIns, Passwords passwords, Attempts attempts, Sealed secrets, Letters letters, Settings settings,
    LogInMetrics metrics)
{
    /// <summary>Where somebody begins who was on the way to nowhere else: the app, and where there is none, their account.</summary>
    public const string Begin = "/";

    /// <summary>An address and a password.</summary>
    public async Task<Attempted> WithPassword(HttpContext http, string email, string password, string? returnTo)
    {
        var attempted = await Check(http, email, password, belongs: true);
        return attempted is not null ? attempted : new Attempted(await Next(http, First(email, "pwd", returnTo)));
    }

    /// <summary>Whether a password is the one of an address, for who is to show it once more; else what to say.</summary>
    public async Task<string?> Recognise(HttpContext http, string email, string password) => await Check(http, email, password, belongs: false) switch
    {
        null => null,
        { Wait: { } wait } => $"There were too many attempts. Try again in {Pages.Html.Duration(wait)}.",
        _ => "This is not your password.",
    };

    // Null where it is right.
    private async Task<Attempted?> Check(HttpContext http, string email, string password, bool belongs)
    {
        var (visit, device, cancel) = (Visit.Of(http), Devices.Of(http), http.RequestAborted);
        if (await attempts.Take(email, visit, device, cancel) is { } wait)
        {
            metrics.Tried("slowed");
            return new Attempted(null, wait);
        }
        Login? login;
        await using (var session = sessions.Begin(cancel))
        {
            login = await Login.Find(session, email);
            belongs = (await Membership.Of(session, email)).Count > 0 || !belongs;
        }
        if (!passwords.AreRight(login?.Password, password) || !belongs)
        {
            metrics.Tried("wrong");
            return new Attempted(null);
        }
        await attempts.Passed(email, visit, device, cancel);
        return null;
    }

    /// <summary>The first step of who has shown who they are in one way.</summary>
    public Step First(string email, string amr, string? returnTo) => Step.Of(email, amr, sessions.Now, Local(returnTo));

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
        if (!step.IsStrong && await AsksForMore(who, http.RequestAborted))
            return LogInPages.Enrol;
        await logIns.Begin(http, who, step.Email, step.Amr);
        if (await Devices.Remember(session, http, step.Email))
            await letters.Post(session, PasswordLetters.NewDevice(step.Email, Visit.Of(http), session.Now, $"{settings.Issuer}/account/devices"));
        await session.Commit();
        Cookies.Remove(http, Cookies.Step);
        metrics.Tried("passed");
        return step.ReturnTo ?? Begin;
    }

    /// <summary>Keeps how far somebody has come.</summary>
    public void Keep(HttpContext http, Step step) => step.Write(http, secrets);

    /// <summary>Whether somebody who has come this far is to set up a second factor: a role asks for one, and they have none.</summary>
    public async Task<bool> MustEnrol(Step step, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        if (step.IsStrong || await Login.Find(session, step.Email) is not { HasSecondFactor: false })
            return false;
        foreach (var company in await Membership.Of(session, step.Email))
            if (await AsksForMore(company, cancel))
                return true;
        return false;
    }

    internal async Task<CodePage.Shown> CodeAsked(Step step, string? error, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        var login = await Login.Find(session, step.Email);
        return new CodePage.Shown(step.Email, login?.Totp is not null, login?.Passkeys > 0, error);
    }

    /// <summary>Whether somebody has a password.</summary>
    public async Task<bool> HasPassword(string email, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        return (await Login.Find(session, email))?.Password is not null;
    }

    /// <summary>Sets the first password of somebody.</summary>
    public async Task SetPassword(string email, string password, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        await Login.SetPassword(session, email, passwords.Hash(password));
        await session.Commit();
    }

    /// <summary>Changes a password: every sign-in of the person ends, in all companies, but for the one it was done with.</summary>
    public async Task ChangePassword(HttpContext http, string email, string password, SignedIn? but)
    {
        await SetPassword(email, password, http.RequestAborted);
        await using var session = sessions.Begin(http.RequestAborted);
        foreach (var company in await Membership.Of(session, email))
        {
            await using var there = sessions.Begin(company.Company, company.UserId, company.Name, http.RequestAborted);
            await LogIns.EndAll(there, company.UserId, "passwordChanged", but?.Tenant == company.Company ? but.SignInId : null);
            await there.Commit();
        }
        await attempts.Passed(email, Visit.Of(http), Devices.Of(http), http.RequestAborted);
    }

    /// <summary>The companies to choose from.</summary>
    public async Task<IReadOnlyList<Membership>> Companies(Step step, CancellationToken cancel)
    {
        await using var session = sessions.Begin(cancel);
        return await Membership.Of(session, step.Email);
    }

    private async Task<bool> AsksForMore(Membership who, CancellationToken cancel)
    {
        await using var session = sessions.Begin(who.Company, cancel);
        return (await session.Query<bool>(
            "select exists (select from role where tenant = @tenant and deleted_at is null and requires_mfa and name = any(@roles))",
            new { roles = who.Roles }))[0];
    }

    /// <summary>An address of this installation, or nothing: nobody is sent elsewhere by a link to these pages.</summary>
    public static string? Local(string? returnTo) =>
        returnTo is { Length: > 0 and < 4000 } && returnTo[0] == '/' && !returnTo.StartsWith("//", StringComparison.Ordinal)
        && !returnTo.Contains('\\', StringComparison.Ordinal) && !returnTo.Any(char.IsControl) ? returnTo : null;
}
