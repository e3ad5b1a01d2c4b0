using System.Net;
using CrmPlatform.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Doors;

/// <summary>
/// Where a request really comes from, when servers of the installation's own stand in front of the edge: what these say of it is believed, back to
/// the first address that is none of theirs. What anybody else says is not.
/// </summary>
internal sealed class Proxies(Settings settings)
{
    private readonly IReadOnlyList<IPNetwork> trusted = settings.Proxies;

    public void Believe(HttpContext http)
    {
        if (trusted.Count == 0 || !IsTrusted(http.Connection.RemoteIpAddress))
            return;
        var headers = http.Request.Headers;
        foreach (var said in string.Join(',', headers["X-Forwarded-For"].AsEnumerable()).Split(',').Reverse())
        {
            if (!IPAddress.TryParse(said.Trim(), out var address))
                break;
            http.Connection.RemoteIpAddress = address;
            if (!IsTrusted(address))
                break;
        }
        if (headers["X-Forwarded-Proto"].ToString() is "https" or "http")
            http.Request.Scheme = headers["X-Forwarded-Proto"].ToString();
    }

    private bool IsTrusted(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && trusted.Any(network => network.Contains(plain));
    }
}
