using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.LogIn;

/// <summary>Where a request to a page came from, as the edge says it.</summary>
public sealed partial record Visit(string Address, string Device, bool IsSecure, string Origin)
{
    /// <summary>Reads it from a request.</summary>
    public static Visit Of(HttpContext http)
    {
        var headers = http.Request.Headers;
        var address = IPAddress.TryParse(headers["X-Forwarded-For"].ToString(), out var forwarded) ? forwarded : http.Connection.RemoteIpAddress;
        var scheme = headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } said ? said : http.Request.Scheme;
        var host = headers["X-Forwarded-Host"].ToString() is { Length: > 0 } asked ? asked : http.Request.Host.Value;
        return new Visit($"{Plain(address)}", DeviceOf(headers.UserAgent.ToString()), scheme == "https", $"{scheme}://{host}");
    }

    /// <summary>Who counts as one: an address, or the network of it that one household has with IPv6.</summary>
    public string Neighbourhood
    {
        get
        {
            if (!IPAddress.TryParse(Address, out var ip) || ip.AddressFamily != AddressFamily.InterNetworkV6)
                return Address;
            var bytes = ip.GetAddressBytes();
            bytes.AsSpan(8).Clear();
            return $"{new IPAddress(bytes)}/64";
        }
    }

    private static IPAddress Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;

    private static string DeviceOf(string agent)
    {
        var browser = Browser.Match(agent) is { Success: true } found ? Names.GetValueOrDefault(found.Value, found.Value) : "A program";
        var system = System.Match(agent) is { Success: true } on ? Names.GetValueOrDefault(on.Value, on.Value) : null;
        return system is null ? browser : $"{browser} on {system}";
    }

    private static readonly Dictionary<string, string> Names = new()
    {
        ["Edg"] = "Edge",
        ["OPR"] = "Opera",
        ["Macintosh"] = "macOS",
        ["HeadlessChrome"] = "Chrome",
    };

    // The first that fits: what calls itself Edge also calls itself Chrome and Safari.
    [GeneratedRegex("Edg(?=/)|OPR(?=/)|Firefox|HeadlessChrome|Chrome|Safari", RegexOptions.CultureInvariant)]
    private static partial Regex Browser { get; }

    [GeneratedRegex("iPhone|iPad|Android|Windows|Macintosh|Linux", RegexOptions.CultureInvariant)]
    private static partial Regex System { get; }
}
