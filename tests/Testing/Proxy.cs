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

    /// <summary>Opens a line to a server.</summary>
    public Proxy(string host, int port)
    {
        target = (host, port);
        listener.Start();
        accepting = Accept();
    }

    /// <summary>Where the line begins.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The address of a server, by way of this line.</summary>
    public static (Proxy Line, Uri Address) To(string address)
    {
        var uri = new Uri(address);
        var line = new Proxy(uri.Host, uri.Port);
        return (line, new UriBuilder(uri) { Host = "127.0.0.1", Port = line.Port }.Uri);
    }

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
                return;
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
