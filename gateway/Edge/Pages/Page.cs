using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Pages;

/// <summary>A built-in page: one file, whose own script and style are named by their hashes, so that nothing else in it can run.</summary>
internal sealed class Page
{
    private readonly byte[] html;

    private Page(string text, string also)
    {
        html = Encoding.UTF8.GetBytes(text);
        Policy = $"default-src 'none'; script-src '{HashOf(text, "script")}'{also}; style-src '{HashOf(text, "style")}'{also}; "
            + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>What the page may load and run.</summary>
    public string Policy { get; }

    /// <summary>Reads an embedded page; <paramref name="files"/> says whether it also loads scripts and styles that the edge serves.</summary>
    public static Page Read(string name, bool files = false)
    {
        using var file = new StreamReader(typeof(Page).Assembly.GetManifestResourceStream($"Pages/{name}")!);
        return new Page(file.ReadToEnd(), files ? " 'self'" : "");
    }

    /// <summary>Its text.</summary>
    public Stream Open() => new MemoryStream(html, writable: false);

    /// <summary>Answers with the page.</summary>
    public Task Write(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.Body.WriteAsync(html, http.RequestAborted).AsTask();
    }

    private static string HashOf(string text, string element)
    {
        var from = text.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var inside = text[from..text.IndexOf($"</{element}>", from, StringComparison.Ordinal)];
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inside)))}";
    }
}
