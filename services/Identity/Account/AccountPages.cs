using CrmPlatform.Identity.LogIn;
using CrmPlatform.Identity.OAuth;
using CrmPlatform.Identity.Pages;
using CrmPlatform.Identity.People;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Account;

/// <summary>The pages on which somebody looks after their own account.</summary>
internal static class AccountPages
{
    public const string Profile = "/account";
    public const string Devices = "/account/devices";

    public static IReadOnlyList<(string Path, string Label)> All { get; } = [(Profile, "Account"), (SecurityPages.Path, "Security"), (Devices, "Devices")];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(LoggingIn.Begin, () => Html.GoTo(Profile));
        pages.MapGet(Profile, (HttpContext http, PageSessions sessions, string? done) => For(http, async who =>
        {
            await using var session = sessions.Begin(who.Tenant, http.RequestAborted);
            return Html.Page<ProfilePage>(new ProfilePage.Shown((await session.Find<User>(who.UserId))!, done is not null));
        }));
        pages.MapPost(Profile, (HttpContext http, PageSessions sessions) => For(http, who => Save(http, who, sessions)));
        pages.MapGet(Devices, (HttpContext http, PageSessions sessions) => For(http, async who =>
        {
            await using var session = sessions.Begin(who.Tenant, http.RequestAborted);
            var open = await session.List<SignIn>("user_id = @id and ended_at is null", new { id = who.UserId });
            var programs = await session.List<Connection>(
                """
                user_id = @id and ended_at is null
                and id in (select connection from refresh_token where tenant = @tenant and used_at is null and ends_at > @now)
                """,
                new { id = who.UserId, now = session.Now });
            return Html.Page<DevicesPage>(new DevicesPage.Shown(
                [.. open.OrderByDescending(s => s.StartedAt)], who.SignInId,
                [.. programs.Where(p => p.GoesOn || open.Exists(s => s.Id == p.SignInId)).OrderByDescending(p => p.StartedAt)]));
        }));
        pages.MapPost(Devices, (HttpContext http, PageSessions sessions) => For(http, who => End(http, who, sessions)));
    }

    /// <summary>A page for who is logged in; whoever is not logs in first, and comes back.</summary>
    public static Task<IResult> For(HttpContext http, Func<SignedIn, Task<IResult>> page) =>
        http.RequestServices.GetService(typeof(PageState)) is PageState { SignedIn: { } who } ? page(who)
            : Task.FromResult(Html.GoTo($"{LogInPages.Start}?returnTo={Uri.EscapeDataString(
                HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : Profile)}"));

    private static async Task<IResult> Save(HttpContext http, SignedIn who, PageSessions sessions)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string? Given(string field) => form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
        await using var session = sessions.Begin(who.Tenant, who.UserId, who.Name, http.RequestAborted);
        var user = await session.Lock<User>(who.UserId);
        var after = user with { Name = Given("name") ?? "", JobTitle = Given("jobTitle"), Locale = Given("locale"), TimeZone = Given("timeZone") };
        try
        {
            await session.Change(user, after);
            await session.Commit();
            return Html.GoTo($"{Profile}?done=1");
        }
        catch (Refusal refusal) when (refusal.Errors.Count > 0)
        {
            var shown = new ProfilePage.Shown(after, false);
            foreach (var (field, messages) in refusal.Errors)
                shown.Errors[field] = messages[0];
            return Html.Page<ProfilePage>(shown, 422);
        }
    }

    // A device, all but this one, or a program.
    private static async Task<IResult> End(HttpContext http, SignedIn who, PageSessions sessions)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await using var session = sessions.Begin(who.Tenant, who.UserId, who.Name, http.RequestAborted);
        if (form["all"] == "yes")
            await LogIns.EndAll(session, who.UserId, "revoked", but: who.SignInId);
        else if (Guid.TryParse(form["end"], out var id) && await session.Find<SignIn>(id) is { } one && one.UserId == who.UserId)
            await LogIns.End(session, [id], "revoked");
        else if (Guid.TryParse(form["program"], out var connection)
            && await session.List<Connection>("id = @id and user_id = @user", new { id = connection, user = who.UserId }, locks: true) is [var open])
            await open.End(session, "revoked");
        await session.Commit();
        return Html.GoTo(Devices);
    }
}
