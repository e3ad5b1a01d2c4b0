using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CrmPlatform.Testing;

/// <summary>A line to a server that a test can cut and mend, as a broken network or a stopped server would.</summary>
public sealed class Proxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, TcpClient> pairs = new();
    private readonly CancellationTokenSource end = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly (string Host, int Port) target;
    private readonly Task accepting;
    private volatile bool cut;
    private int turnedAway;

    private Proxy(Uri server)
    {
        target = (server.Host, server.Port);
        listener.Start();
        Address = new UriBuilder(server) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ToString();
        accepting = Accept();
    }

    /// <summary>The server's address by way of this line.</summary>
    public string Address { get; }

    /// <summary>How often somebody tried to connect while it was cut.</summary>
    public int TurnedAway => Volatile.Read(ref turnedAway);

    /// <summary>Opens a line to the server of an address like <c>amqp://user:password@host:port/</c>.</summary>
    public static Proxy To(string address) => new(new Uri(address));

    /// <summary>Ends all connections and refuses new ones.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var (near, far) in pairs)
            Close(near, far);
    }

    /// <summary>Takes connections again.</summary>
    public void Mend() => cut = false;

    /// <summary>Ends the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Carry(await listener.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return; // the line has ended
        }
    }

    private async Task Carry(TcpClient near)
    {
        var far = new TcpClient();
        pairs[near] = far;
        try
        {
            if (cut)
            {
                Interlocked.Increment(ref turnedAway);
                return;
            }
            await far.ConnectAsync(target.Host, target.Port, end.Token);
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return; // nobody at the other end
        }
        finally
        {
            Close(near, far);
        }
    }

    private async Task Copy(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), end.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return; // one end has gone
        }
    }

    private void Close(TcpClient near, TcpClient far)
    {
        pairs.TryRemove(near, out _);
        near.Dispose();
        far.Dispose();
    }
}
