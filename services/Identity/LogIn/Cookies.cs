using System.Buffers.Text;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>The cookies of the pages: none is for scripts, none travels to other sites, and over TLS none can be set by a neighbour.</summary>
internal static class Cookies
{
    public const string Session = "crm-session";
    public const string Device = "crm-device";
    public const string Step = "crm-step";
    public const string Form = "crm-form";
    public const string Passkey = "crm-passkey";

    public static byte[]? Read(HttpContext http, string name)
    {
        var text = http.Request.Cookies[NameOf(http, name)];
        if (text is not { Length: > 0 and < 3000 })
            return null;
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static void Write(HttpContext http, string name, ReadOnlySpan<byte> value, TimeSpan? lasts) =>
        http.Response.Cookies.Append(NameOf(http, name), Base64Url.EncodeToString(value), Options(http, lasts));

    public static void Remove(HttpContext http, string name) => http.Response.Cookies.Delete(NameOf(http, name), Options(http, null));

    // Lax: who comes from a program that sends them here to log in is to be known.
    private static CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Visit.Of(http).IsSecure,
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
    };

    private static string NameOf(HttpContext http, string name) => Visit.Of(http).IsSecure ? $"__Host-{name}" : name;
}
