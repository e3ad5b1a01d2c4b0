using System.Net;

namespace CrmPlatform.Integrations.Sending;

/// <summary>Which addresses of the internet anybody may be sent to: those that are nobody's house, machine, link or experiment.</summary>
internal static class Addresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
            "240.0.0.0/4",
            "168.63.129.16/32", // what a cloud tells its machines of themselves lies in a public network here
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", // Teredo, documentation, 6to4 …
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>
    /// Whether it is a public address. Of IPv6 only what is given out for the internet is: so mapped, translated (NAT64), compatible, local, site-local and
    /// multicast addresses are none, whatever they carry inside.
    /// </summary>
    public static bool ArePublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return false; // whoever writes 1.2.3.4 in a roundabout way has a reason
        return (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || Global.Contains(address)) && address.ScopeIdOf() == 0
            && !NotPublic.Any(network => network.Contains(address));
    }

    private static long ScopeIdOf(this IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
