using CrmPlatform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace CrmPlatform.Edge.Pages;

/// <summary>
/// The files of the web app. Each text lies beside its compressed forms (<c>app.js</c>, <c>app.js.br</c>, <c>app.js.gz</c>): nothing is compressed while
/// somebody waits. What lies in <c>assets</c> has its content in its name and is kept for ever; everything else is asked for again.
/// </summary>
internal static class WebApp
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private static readonly (string Name, string Ending)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Whether it is a file that is asked for once and kept for ever.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments("/assets", StringComparison.Ordinal);

    // An address without a file behind it is a place inside the app.
    public static void Map(WebApplication app, string folder)
    {
        if (!Directory.Exists(folder))
            throw new SettingsException($"CRM_WEB names the folder {folder}, which does not exist.");
        var provider = new PhysicalFileProvider(Path.GetFullPath(folder));
        var files = new StaticFileOptions { FileProvider = provider, ServeUnknownFileTypes = true, OnPrepareResponse = Describe };
        app.Use((http, next) => Choose(http, provider, next));
        app.UseStaticFiles(files);
        var start = ((IEndpointRouteBuilder)app).CreateApplicationBuilder();
        start.Use((http, next) =>
        {
            http.Request.Path = "/index.html";
            http.SetEndpoint(null);
            return Choose(http, provider, next);
        });
        start.UseStaticFiles(files);
        app.MapFallback("{*path:nonfile}", start.Build());
    }

    // The smallest form that the browser understands.
    private static Task Choose(HttpContext http, IFileProvider files, RequestDelegate next)
    {
        if (http.Request.Path.Value is { } path && Path.HasExtension(path)
            && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            var understood = http.Request.Headers.AcceptEncoding.ToString();
            var (name, ending) = Encodings.FirstOrDefault(e => Understands(understood, e.Name) && files.GetFileInfo(path + e.Ending).Exists);
            if (name is not null)
            {
                http.Items[typeof(WebApp)] = new Chosen(name, path);
                http.Request.Path = path + ending;
            }
        }
        return next(http);
    }

    private static bool Understands(string accepts, string encoding) => accepts.Split(',', StringSplitOptions.TrimEntries)
        .Any(one => one.Split(';', StringSplitOptions.TrimEntries) is [var name, .. var rest] && name == encoding && rest is not ["q=0", ..]);

    private static void Describe(StaticFileResponseContext file)
    {
        var (http, headers) = (file.Context, file.Context.Response.Headers);
        var path = http.Request.Path.Value ?? "";
        headers.Vary = "Accept-Encoding";
        if (http.Items[typeof(WebApp)] is Chosen chosen)
        {
            path = chosen.Path;
            headers.ContentEncoding = chosen.Encoding;
            headers.ContentType = Types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        }
        headers.CacheControl = IsAsset(path) ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private sealed record Chosen(string Encoding, string Path);
}
