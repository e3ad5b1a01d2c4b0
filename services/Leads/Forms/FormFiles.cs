using System.Text;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Leads.Forms;

/// <summary>What the pages of forms load.</summary>
internal static class FormFiles
{
    /// <summary>Those that are the same for all forms.</summary>
    public static readonly (string Name, string Type)[] All = [("form.css", "text/css"), ("form.js", "text/javascript")];

    /// <summary>A file; one of a form has its address in it.</summary>
    public static IResult Answer(HttpContext http, string name, string type, Form? form = null)
    {
        using var file = new StreamReader(typeof(FormFiles).Assembly.GetManifestResourceStream($"Assets/{name}")!);
        var text = file.ReadToEnd();
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(Encoding.UTF8.GetBytes(form is null ? text : text.Replace("{key}", form.Key, StringComparison.Ordinal)), $"{type}; charset=utf-8");
    }
}
