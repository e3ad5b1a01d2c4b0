using System.Net;
using System.Net.Sockets;
using CrmPlatform.Hosting;

namespace CrmPlatform.Integrations.Sending;

/// <summary>An address that nothing is sent to.</summary>
internal sealed class Forbidden(string message) : Exception(message);

/// <summary>Resolves a name to its addresses.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

/// <summary>
/// Keeps webhooks from reaching what only this installation reaches. It looks at the addresses a name has when the connection is made, and connects to just
/// these: a name that means something else a moment later gains nothing. A name of which one address is forbidden is forbidden.
/// </summary>
internal sealed class Guard(IReadOnlyList<IPNetwork> allowed, IReadOnlySet<int> ports, Resolve resolve)
{
    private static readonly Resolve System = (host, cancel) => Dns.GetHostAddressesAsync(host, cancel);

    /// <summary>With what the operator allows.</summary>
    public Guard(Settings settings)
        : this(settings.WebhookNetworks, settings.WebhookPorts, System)
    {
    }

    /// <summary>What is wrong with an address as it is written, if anything.</summary>
    public static string? Wrong(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0
            ? "This is no address on the web; one looks like https://hooks.example.com/crm."
        : uri.UserInfo.Length > 0 || url.Contains('@', StringComparison.Ordinal) && uri.AbsolutePath.Contains('@', StringComparison.Ordinal) is false
            && !uri.Query.Contains('@', StringComparison.Ordinal) ? "An address has no user and password in it; send a header."
        : uri.Fragment.Length > 0 ? "An address has no fragment."
        : url.Any(char.IsControl) || url.Contains('\\', StringComparison.Ordinal) ? "An address has no backslash or control character."
        : null;

    /// <summary>
    /// Why nothing can ever be sent to an address, as far as that can be told without asking anybody: it names a machine by number, in whatever form, or
    /// this one.
    /// </summary>
    public string? Closed(string url)
    {
        var uri = new Uri(url);
        var host = string.Concat(uri.Host.Select(Plain)).Trim('[', ']').TrimEnd('.');
        var isHere = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        var address = isHere ? IPAddress.Loopback : IPAddress.TryParse(host, out var literal) ? literal : null;
        return address is null ? null : Closed(address, host, uri.Port, uri.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>Connects to an address that may be reached.</summary>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Reachable(host, port, context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a name, if all of them may be reached.</summary>
    public async Task<IPAddress[]> Reachable(string host, int port, bool isSafe, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancel);
        if (addresses.Length == 0)
            throw new Forbidden($"{host} has no address.");
        foreach (var address in addresses)
            if (Closed(address, host, port, isSafe) is { } why)
                throw new Forbidden(why);
        return addresses;
    }

    // Whoever resolves names may read digits and dots of other scripts as some.
    private static char Plain(char c) => c switch
    {
        <= '\x7f' => c,
        >= '！' and <= '～' => (char)(c - '！' + '!'),
        '。' or '｡' => '.',
        _ when char.GetNumericValue(c) is >= 0 and <= 9 and var digit && digit == Math.Floor(digit) => (char)('0' + (int)digit),
        _ => c,
    };

    private string? Closed(IPAddress address, string host, int port, bool isSafe)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) ? null
            : !Addresses.ArePublic(address) ? $"{host} is at no public address."
            : !ports.Contains(port) ? $"Port {port} is none that webhooks may reach."
            : !isSafe ? "Events are sent over TLS: the address has to begin with https."
            : null;
    }
}
