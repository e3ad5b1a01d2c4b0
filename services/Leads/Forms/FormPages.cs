using System.Security.Cryptography;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Leads.Forms;

/// <summary>Forms as their readers see them. They work without scripts, unless the browser has to work first.</summary>
internal static class FormPages
{
    /// <summary>Below what they are: what the edge passes on.</summary>
    public const string Path = "/forms";

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Path).ExcludeFromDescription();
        foreach (var (name, type) in FormFiles.All)
            pages.MapGet($"/assets/{name}", (HttpContext http) => FormFiles.Answer(http, name, type));
        pages.MapGet("/{key}.js", Snippet);
        pages.MapGet("/{key}", Show);
        pages.MapPost("/{key}", Send).DisableAntiforgery();
        pages.MapGet("/{key}/thanks", (string key, HttpContext http, FormDesk desk) => With(key, http, desk, found =>
            Task.FromResult(FormHtml.Says(http, found.Form, "Thank you", found.Form.Thanks ?? "We have received what you sent."))));
        pages.MapGet("/{key}/sent", (string key, HttpContext http, FormDesk desk) => With(key, http, desk, found => Task.FromResult(FormHtml.Says(
            http, found.Form, "One more step", "We have sent you a mail. Open the link in it to confirm that it was you."))));
        pages.MapGet("/{key}/confirm", (string key, HttpContext http, FormDesk desk) => With(key, http, desk, found => Task.FromResult(
            Confirmation(found, http, desk) is null ? Old(http, found.Form) : FormHtml.Confirm(http, found.Form, http.Request.Query["token"].ToString()))));
        pages.MapPost("/{key}/confirm", Confirm).DisableAntiforgery();
    }

    private static Task<IResult> Show(string key, HttpContext http, FormDesk desk) => With(key, http, desk, async found =>
    {
        await using var session = desk.Begin(found.Tenant, null, null, http.RequestAborted);
        return FormHtml.Ask(http, found, await Inputs.Of(session, found.Form), Challenge(found, desk), null, new Dictionary<string, string[]>());
    });

    private static Task<IResult> Send(string key, HttpContext http, FormDesk desk, TakeForm taking) => With(key, http, desk, async found =>
    {
        var address = Callers.CameFrom(http)?.ToString();
        if (!IsAllowed(http, found.Form))
            return FormHtml.Says(http, found.Form, "This did not work", "This form may not be sent from the page that holds it.", 403);
        if (!await desk.Admits(found, address ?? "", http.RequestAborted))
            return FormHtml.Says(http, found.Form, "Not so fast", "That was sent too often just now. Please wait a minute and try again.", 429);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        if (sent[FormHtml.Trap].ToString().Length > 0)
            return Results.Redirect($"{Path}/{key}/thanks"); // people do not see that field; programs are told nothing
        var challenge = sent["challenge"].ToString();
        var token = FormToken.Read(found, FormToken.Challenge, challenge, desk.Now);
        var errors = new Dictionary<string, string[]>();
        if (token is null)
            errors[""] = ["This page has been open for too long. Please send it once more."];
        else if (found.Form.ProofOfWork && !FormToken.IsWorkedFor(challenge, sent["work"]))
            errors[""] = ["Your browser had to work a little first, and did not. Please turn scripts on and send it once more."];
        try
        {
            if (errors.Count == 0)
            {
                var status = await Once(() => taking.Take(found, token!.Id, sent, address, http.RequestAborted));
                return Results.Redirect(status == SubmissionStatus.Unconfirmed ? $"{Path}/{key}/sent"
                    : found.Form.RedirectUrl ?? $"{Path}/{key}/thanks");
            }
        }
        catch (Exception e) when (Refusal.Of(e) is { Status: 409 or 422 })
        {
            var refused = Refusal.Of(e)!;
            foreach (var (field, messages) in refused.Errors.Count > 0 ? refused.Errors : new Dictionary<string, string[]> { [""] = [refused.Message] })
                errors[field] = messages;
        }
        await using var session = desk.Begin(found.Tenant, null, null, http.RequestAborted);
        return FormHtml.Ask(http, found, await Inputs.Of(session, found.Form), Challenge(found, desk), sent, errors);
    });

    // Of two that are sent at once with one challenge the slower finds what the faster has entered.
    private static async Task<SubmissionStatus> Once(Func<Task<SubmissionStatus>> take)
    {
        try
        {
            return await take();
        }
        catch (Exception e) when (Refusal.Of(e) is { Code: "duplicate" })
        {
            return await take();
        }
    }

    private static Task<IResult> Confirm(string key, HttpContext http, FormDesk desk, TakeForm taking) => With(key, http, desk, async found =>
        Confirmation(found, http, desk) is { } token
            && await taking.Confirm(found, token.Id, Callers.CameFrom(http)?.ToString(), http.RequestAborted)
                ? Results.Redirect(found.Form.RedirectUrl ?? $"{Path}/{key}/thanks") : Old(http, found.Form));

    private static Task<IResult> Snippet(string key, HttpContext http, FormDesk desk) => With(key, http, desk, found =>
    {
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // it is there for the pages of others
        return Task.FromResult(FormFiles.Answer(http, "embed.js", "text/javascript", found.Form));
    });

    private static FormToken? Confirmation(FoundForm found, HttpContext http, FormDesk desk) =>
        FormToken.Read(found, FormToken.Confirmation, http.Request.Query["token"], desk.Now);

    private static IResult Old(HttpContext http, Form form) =>
        FormHtml.Says(http, form, "This link has expired", "It was to be opened within a week. Please fill in the form once more.", 410);

    private static string Challenge(FoundForm found, FormDesk desk) =>
        FormToken.Make(found, FormToken.Challenge, new Guid(RandomNumberGenerator.GetBytes(16)), desk.Now + Lasts);

    // A page of ours sends it, also within a page of theirs; where the browser says so, from nowhere else.
    private static bool IsAllowed(HttpContext http, Form form)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;
        var host = http.Request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } told ? told : http.Request.Host.Value;
        return Uri.TryCreate(origin, UriKind.Absolute, out var from) && (from.Authority == host || form.AllowedHosts.Contains(from.Authority));
    }

    private static async Task<IResult> With(string key, HttpContext http, FormDesk desk, Func<FoundForm, Task<IResult>> then) =>
        await desk.Find(key, http.RequestAborted) is { } found ? await then(found) : Results.NotFound();
}
