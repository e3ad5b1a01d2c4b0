using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Doors;

/// <summary>Which headers cross the edge: what only the platform may say is taken from callers, and said by the edge itself.</summary>
internal static class Headers
{
    public const string Tenant = "Crm-Tenant";
    public const string Trace = "Crm-Trace";
    public const string Request = "Crm-Request";
    public const string Operation = "Crm-Operation";

    /// <summary>What a service may say otherwise than the edge does.</summary>
    public static readonly string[] OfPages = ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"];

    private const string Own = "Crm-";
    private const string ProxyChain = "X-Forwarded-";

    /// <summary>Nobody outside speaks in the platform's name.</summary>
    public static void Strip(IHeaderDictionary headers)
    {
        List<string>? foreign = null;
        foreach (var (name, _) in headers)
            if (IsReserved(name))
                (foreign ??= []).Add(name);
        foreach (var name in foreign ?? [])
            headers.Remove(name);
    }

    /// <summary>What a service is told beside the request itself.</summary>
    public static void Introduce(HttpContext http, string? tenant)
    {
        var headers = http.Request.Headers;
        headers[Tenant] = tenant;
        headers["X-Forwarded-For"] = http.Connection.RemoteIpAddress?.ToString();
        headers["X-Forwarded-Proto"] = http.Request.Scheme;
        headers["X-Forwarded-Host"] = http.Request.Host.Value;
        headers.TraceParent = Activity.Current?.Id; // the caller's trace goes on if there is one, else it begins here
    }

    private static bool IsReserved(string name) => name.Length > 3 && (name[0] | 0x20) switch
    {
        'c' => name.StartsWith(Own, StringComparison.OrdinalIgnoreCase),
        'x' => name.StartsWith(ProxyChain, StringComparison.OrdinalIgnoreCase) || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase),
        'f' => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
