using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Graph.Transport;

/// <summary>A page to try the graph on: one file of our own, that loads nothing from anywhere and runs nothing but what is in it.</summary>
internal static class Explorer
{
    public const string Path = "/graphiql";

    private static readonly byte[] Html = Read();

    private static readonly string Policy = $"default-src 'none'; script-src '{HashOf("script")}'; style-src '{HashOf("style")}'; "
        + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task Write(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.Body.WriteAsync(Html, http.RequestAborted).AsTask();
    }

    private static byte[] Read()
    {
        using var file = typeof(Explorer).Assembly.GetManifestResourceStream("explorer.html")!;
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static string HashOf(string element)
    {
        var text = Encoding.UTF8.GetString(Html);
        var from = text.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var inside = text[from..text.IndexOf($"</{element}>", from, StringComparison.Ordinal)];
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inside)))}";
    }
}
