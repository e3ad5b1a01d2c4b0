using System.Net;
using System.Net.Sockets;

namespace CrmPlatform.Testing.Servers;

/// <summary>Ports nobody listens on.</summary>
public static class Ports
{
    // Below those the kernel hands out by itself, above those of the platform on a developer's machine.
    private const int Lowest = 12_000;
    private const int Highest = 30_000;

    /// <summary>The first of so many free ports in a row.</summary>
    public static int Block(int size)
    {
        while (true)
        {
            var first = Random.Shared.Next(Lowest, Highest);
            if (Enumerable.Range(first, size).All(Free))
                return first;
        }
    }

    private static bool Free(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
