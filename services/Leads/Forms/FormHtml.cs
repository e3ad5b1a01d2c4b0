using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Leads.Forms;

/// <summary>The pages of forms.</summary>
internal static class FormHtml
{
    /// <summary>A field that people do not see: who fills it in is a program.</summary>
    public const string Trap = "company_homepage";

    private static readonly string[] Kept = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

    /// <summary>The form, with what was typed already and what is wrong with it.</summary>
    public static IResult Ask(
        HttpContext http, FoundForm found, IReadOnlyList<Input> inputs, string challenge, IFormCollection? sent, IReadOnlyDictionary<string, string[]> errors)
    {
        var (form, html) = (found.Form, new StringBuilder());
        html.Append($"<h1>{E(form.Title)}</h1>\n");
        if (form.Intro is { } intro)
            html.Append($"<p class=\"intro\">{Lines(intro)}</p>\n");
        var asked = inputs.Where(i => i.Field.Value is null).ToList();
        var others = errors.Where(e => !asked.Any(i => Names(e.Key, i)) && e.Key != "consent").SelectMany(e => e.Value).ToList();
        if (errors.Count > 0)
            html.Append($"<p class=\"trouble\" role=\"alert\">{E(others.Count > 0 ? string.Join(' ', others) : "Please look at what is marked below.")}</p>\n");
        html.Append($"<form method=\"post\" action=\"{FormPages.Path}/{E(form.Key)}\" novalidate data-work=\"{(form.ProofOfWork ? "yes" : "no")}\">\n");
        foreach (var input in asked)
            Field(html, input, sent?[input.Field.Field].ToString() ?? "", errors.Where(e => Names(e.Key, input)).SelectMany(e => e.Value).ToList());
        if (form.ConsentText is { } text)
        {
            var missing = errors.TryGetValue("consent", out var why);
            var given = sent?["consent"].ToString() == "on" ? " checked" : "";
            html.Append($"<div class=\"field check\"><input type=\"checkbox\" id=\"consent\" name=\"consent\"{given}"
                + $"{(form.ConsentRequired ? " required" : "")}{(missing ? " aria-invalid=\"true\" aria-describedby=\"consent-error\"" : "")}>"
                + $"<label for=\"consent\">{Lines(text)}</label></div>\n");
            if (missing)
                html.Append($"<p class=\"error\" id=\"consent-error\">{E(string.Join(' ', why!))}</p>\n");
        }
        html.Append($"<div class=\"trap\" aria-hidden=\"true\"><label for=\"{Trap}\">Leave this empty</label>"
            + $"<input id=\"{Trap}\" name=\"{Trap}\" tabindex=\"-1\" autocomplete=\"off\"></div>\n");
        Hidden(html, "challenge", challenge);
        Hidden(html, "work", "");
        foreach (var name in Kept)
            Hidden(html, name, sent?[name].ToString() ?? http.Request.Query[name].ToString());
        var from = http.Request.Query["ref"].ToString() is { Length: > 0 } told ? told : http.Request.Headers.Referer.ToString();
        Hidden(html, "referrer", sent?["referrer"].ToString() ?? from);
        html.Append($"<button>{E(form.Button ?? "Send")}</button>\n</form>\n");
        return Page(http, form, form.Title, html.ToString(), errors.Count > 0 ? 422 : 200);
    }

    /// <summary>A page that says something.</summary>
    public static IResult Says(HttpContext http, Form form, string title, string text, int status = 200) =>
        Page(http, form, title, $"<h1>{E(title)}</h1>\n<p>{Lines(text)}</p>\n", status);

    /// <summary>The page a mail leads to: opening it confirms nothing, because programs open links too.</summary>
    public static IResult Confirm(HttpContext http, Form form, string token) => Page(
        http, form, "Confirm",
        $"""
        <h1>{E(form.Title)}</h1>
        <p>Please confirm that it was you who sent this.</p>
        <form method="post" action="{FormPages.Path}/{E(form.Key)}/confirm?token={E(token)}"><button>Yes, it was me</button></form>

        """, 200);

    private static void Field(StringBuilder html, Input input, string typed, List<string> errors)
    {
        var (id, field) = (E(input.Field.Field), input.Field);
        var described = string.Join(' ', new[] { field.Help is null ? null : $"{id}-help", errors.Count == 0 ? null : $"{id}-error" }.OfType<string>());
        var more = $"id=\"{id}\" name=\"{id}\"{(field.Required ? " required" : "")}{(errors.Count > 0 ? " aria-invalid=\"true\"" : "")}"
            + $"{(described.Length > 0 ? $" aria-describedby=\"{described}\"" : "")}{Complete(field.Field)}";
        var label = $"<label for=\"{id}\">{E(input.Label)}{(field.Required ? " <span class=\"must\" aria-hidden=\"true\">*</span>" : "")}</label>";
        html.Append(input.Type == "checkbox" ? "<div class=\"field check\">" : "<div class=\"field\">").Append(input.Type == "checkbox" ? "" : label);
        html.Append(input.Type switch
        {
            "textarea" => $"<textarea {more} rows=\"4\">{E(typed)}</textarea>",
            "select" => $"<select {more}><option value=\"\"></option>{string.Concat(input.Choices.Select(c =>
                $"<option value=\"{E(c.Value)}\"{(c.Value == typed ? " selected" : "")}>{E(c.Label)}</option>"))}</select>",
            "checkbox" => $"<input type=\"checkbox\" {more}{(typed == "on" ? " checked" : "")}>{label}",
            "number" => $"<input inputmode=\"decimal\" {more} value=\"{E(typed)}\">",
            "list" => $"<input {more} value=\"{E(typed)}\">",
            var type => $"<input type=\"{type}\" {more} value=\"{E(typed)}\">",
        });
        if (field.Help is { } help)
            html.Append($"<p class=\"help\" id=\"{id}-help\">{E(help)}</p>");
        if (errors.Count > 0)
            html.Append($"<p class=\"error\" id=\"{id}-error\">{E(string.Join(' ', errors))}</p>");
        html.Append("</div>\n");
    }

    private static IResult Page(HttpContext http, Form form, string title, string main, int status)
    {
        var holders = form.AllowedHosts.Length == 0 ? "'none'" : $"'self' {string.Join(' ', form.AllowedHosts)}";
        var next = form.RedirectUrl is { } page ? $" {new Uri(page).GetLeftPart(UriPartial.Authority)}" : "";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'{next}; base-uri 'none'; frame-ancestors {holders}";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{E(title)}</title>
            <link rel="stylesheet" href="{FormPages.Path}/assets/form.css"><script src="{FormPages.Path}/assets/form.js" defer></script>
            </head>
            <body data-form="{E(form.Key)}"><main>
            {main}</main></body>
            </html>

            """,
            "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    // An error of a list's member or of what a field is made of is the field's: emails[0].address.
    private static bool Names(string error, Input input)
    {
        var field = input.Field.Field;
        return error == field || error.Split('[', '.')[0] is var first && (first == $"{field}s" || first == field)
            || field.StartsWith("address.", StringComparison.Ordinal) && error == field;
    }

    private static string Complete(string field) => field switch
    {
        "firstName" => " autocomplete=\"given-name\"",
        "lastName" => " autocomplete=\"family-name\"",
        "email" => " autocomplete=\"email\"",
        "phone" => " autocomplete=\"tel\"",
        "company" => " autocomplete=\"organization\"",
        "jobTitle" => " autocomplete=\"organization-title\"",
        _ => "",
    };

    private static void Hidden(StringBuilder html, string name, string value) =>
        html.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{E(value)}\">\n");

    private static string Lines(string text) => E(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
