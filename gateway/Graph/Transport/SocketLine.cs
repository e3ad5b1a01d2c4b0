using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Transport;

/// <summary>
/// Messages over one WebSocket: read one after the other, sent one after the other. Whoever does not read what is sent holds up what is sent to them, and is
/// hung up on after a while; nothing piles up here.
/// </summary>
internal sealed partial class SocketLine(WebSocket socket, ILogger log) : IDisposable
{
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(30), CloseWithin = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly byte[] buffer = new byte[4096];
    private int isClosing;

    /// <summary>Whether nothing more is sent.</summary>
    public bool IsClosing => isClosing != 0;

    /// <summary>The next message; null when there are no more. One that is no JSON closes the line.</summary>
    public async Task<JsonElement?> Read()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await Close((int)WebSocketCloseStatus.NormalClosure, "");
                    return null;
                }
                message.Write(buffer.AsSpan(0, part.Count));
                if (message.WrittenCount > GraphRequest.LargestBody)
                {
                    await Close((int)WebSocketCloseStatus.MessageTooBig, $"A message may have {GraphRequest.LargestBody / 1024} KB.");
                    return await Drain();
                }
                if (!part.EndOfMessage)
                    continue;
                return JsonSerializer.Deserialize<JsonElement>(message.WrittenSpan);
            }
        }
        catch (JsonException)
        {
            await Close(4400, "Invalid message received");
            return await Drain();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            Cut(e.Message);
            return null;
        }
    }

    /// <summary>Reads no more messages, but waits until the other side has hung up as well.</summary>
    public async Task<JsonElement?> Drain()
    {
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
                // What was under way already is of no interest.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            Cut(e.Message);
        }
        return null;
    }

    /// <summary>Sends a message; says whether that was possible.</summary>
    public async Task<bool> Send(string type, string? id = null, ReadOnlyMemory<byte>? payload = null)
    {
        var text = new ArrayBufferWriter<byte>(64 + (id?.Length ?? 0) + (payload?.Length ?? 0));
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            if (id is not null)
                writer.WriteString("id", id);
            writer.WriteString("type", type);
            if (payload is { } raw)
            {
                writer.WritePropertyName("payload");
                writer.WriteRawValue(raw.Span, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        return await InTurn(() => IsClosing ? ValueTask.CompletedTask
            : socket.SendAsync(text.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None)) && !IsClosing;
    }

    /// <summary>Hangs up, saying why; once.</summary>
    public async Task Close(int code, string why)
    {
        if (Interlocked.Exchange(ref isClosing, 1) != 0)
            return;
        await InTurn(() => new(socket.CloseOutputAsync((WebSocketCloseStatus)code, why, CancellationToken.None)));
        if (socket.State is WebSocketState.CloseSent)
            _ = AbortLater(); // the other side may never answer
    }

    public void Dispose() => sending.Dispose();

    private async Task<bool> InTurn(Func<ValueTask> send)
    {
        try
        {
            if (!await sending.WaitAsync(SendWithin))
            {
                socket.Abort();
                return false;
            }
            try
            {
                var sent = send();
                if (!sent.IsCompletedSuccessfully)
                    await sent.AsTask().WaitAsync(SendWithin);
                return true;
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or TimeoutException
            or InvalidOperationException)
        {
            Cut(e.Message);
            socket.Abort();
            return false;
        }
    }

    private async Task AbortLater()
    {
        await Task.Delay(CloseWithin);
        socket.Abort();
    }

    [LoggerMessage(LogLevel.Debug, "A socket was cut: {Why}")]
    private partial void Cut(string why);
}
