using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrmPlatform.Testing.Servers;

namespace CrmPlatform.SystemTests.Platform;

/// <summary>Stands where an OpenTelemetry collector would, and keeps what it is sent (OTLP over HTTP, protobuf).</summary>
internal sealed class TraceCollector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<byte[]> received = new();

    public TraceCollector()
    {
        Address = $"http://127.0.0.1:{Ports.Block(1)}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Receive();
    }

    public string Address { get; }

    /// <summary>Whether a service has sent a span of this name in this trace. Within a span the name follows its ids.</summary>
    public bool Has(string service, string traceId, string span)
    {
        var (trace, name, sender) = (Convert.FromHexString(traceId), Encoding.UTF8.GetBytes(span), Encoding.UTF8.GetBytes(service));
        return received.Any(body => body.AsSpan().IndexOf(sender) >= 0 && Follows(body, trace, name));
    }

    public void Dispose() => listener.Close();

    private static bool Follows(ReadOnlySpan<byte> body, ReadOnlySpan<byte> trace, ReadOnlySpan<byte> name)
    {
        const int ids = 60; // the span's own id, its parent's, and the fields' tags
        for (int at; (at = body.IndexOf(trace)) >= 0; body = body[(at + 1)..])
            if (body[at..Math.Min(body.Length, at + trace.Length + ids + name.Length)].IndexOf(name) >= 0)
                return true;
        return false;
    }

    private async Task Receive()
    {
        while (listener.IsListening)
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                received.Enqueue(body.ToArray());
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }
}
