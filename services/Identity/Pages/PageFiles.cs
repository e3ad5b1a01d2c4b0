using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Identity.Pages;

/// <summary>What pages load: each file under an address that says its content, so that browsers keep it for good.</summary>
internal static class PageFiles
{
    private static readonly Asset[] All = [new("style.css", "text/css"), new("icon.svg", "image/svg+xml"), new("page.js", "text/javascript")];

    public static string Style => All[0].Path;

    public static string Icon => All[1].Path;

    public static string Script => All[2].Path;

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var asset in All)
            app.MapGet(asset.Path, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.Content, $"{asset.Type}; charset=utf-8");
            }).ExcludeFromDescription();
    }

    private sealed class Asset
    {
        public Asset(string name, string type)
        {
            using var file = typeof(Asset).Assembly.GetManifestResourceStream($"Assets/{name}")!;
            using var memory = new MemoryStream();
            file.CopyTo(memory);
            (Content, Type) = (memory.ToArray(), type);
            Path = $"/assets/identity/{Convert.ToHexStringLower(SHA256.HashData(Content))[..12]}/{name}";
        }

        public byte[] Content { get; }

        public string Type { get; }

        public string Path { get; }
    }
}
