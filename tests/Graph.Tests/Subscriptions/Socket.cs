using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Graph.Tests.Subscriptions;

/// <summary>A socket to the graph, for what no client would ever send.</summary>
internal sealed class Socket : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentQueue<string> messages = new();
    private Task reading = Task.CompletedTask;

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<string> Messages => [.. messages];

    /// <summary>With what the other side has hung up.</summary>
    public int? Closed => (int?)socket.CloseStatus;

    public static async Task<Socket> Open(Uri graph, string path = "/api/v1/graphql", bool reads = true)
    {
        var made = new Socket();
        made.socket.Options.AddSubProtocol("graphql-transport-ws");
        await made.socket.ConnectAsync(new UriBuilder(graph) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        if (reads)
            made.reading = made.Read();
        return made;
    }

    public async Task Initialise(string token)
    {
        await Say(JsonSerializer.Serialize(new { type = "connection_init", payload = new { Authorization = $"Bearer {token}" } }));
        await Until(1, "connection_ack");
    }

    public Task Subscribe(string id, string query, object? variables = null) =>
        Say(JsonSerializer.Serialize(new { id, type = "subscribe", payload = new { query, variables } }));

    public Task Say(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>Waits until so many messages have a text in them.</summary>
    public async Task<IReadOnlyList<string>> Until(int count, string text)
    {
        await TestCrm.Eventually(() => Assert.True(
            Messages.Count(m => m.Contains(text, StringComparison.Ordinal)) >= count, $"{Closed} {string.Join('\n', Messages)}"));
        return [.. Messages.Where(m => m.Contains(text, StringComparison.Ordinal))];
    }

    /// <summary>Waits until the other side has hung up.</summary>
    public async Task Hangs(int code)
    {
        await TestCrm.Eventually(() => Assert.NotNull(Closed), TimeSpan.FromSeconds(70));
        Assert.Equal(code, Closed);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        await reading;
    }

    private async Task Read()
    {
        var (buffer, text) = (new byte[65536], new StringBuilder());
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                    return;
                }
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                if (!part.EndOfMessage)
                    continue;
                messages.Enqueue(text.ToString());
                text.Clear();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return; // the test has ended
        }
    }
}
