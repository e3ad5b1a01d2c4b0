using System.Security.Cryptography;
using System.Text.Json;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.Secrets;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>How far somebody has come in logging in, carried by their own browser in a box that only this installation opens.</summary>
/// <param name="Email">Their address.</param>
/// <param name="Amr">How they have shown so far who they are.</param>
/// <param name="Until">When they have to begin again.</param>
/// <param name="ReturnTo">Where they wanted to go.</param>
/// <param name="Company">The company they have chosen.</param>
public sealed record Step(string Email, string[] Amr, DateTimeOffset Until, string? ReturnTo, Guid? Company)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>Whether more than one thing was shown.</summary>
    public bool IsStrong => Amr.Contains("mfa");

    /// <summary>The first step.</summary>
    public static Step Of(string email, string amr, DateTimeOffset now, string? returnTo) => new(email, [amr], now + Lasts, returnTo, null);

    /// <summary>The same after a second factor.</summary>
    public Step With(string amr) => this with { Amr = [.. Amr.Append(amr).Append("mfa").Distinct()] };

    internal static Step? Read(HttpContext http, Sealed secrets, DateTimeOffset now)
    {
        if (Cookies.Read(http, Cookies.Step) is not { } box)
            return null;
        try
        {
            var step = JsonSerializer.Deserialize<Step>(secrets.Open(box, "step", ""));
            return step?.Until > now ? step : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal void Write(HttpContext http, Sealed secrets) =>
        Cookies.Write(http, Cookies.Step, secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(this), "step", ""), null);
}
