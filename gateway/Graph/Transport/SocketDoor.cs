using System.Net.WebSockets;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Transport;

/// <summary>GraphQL over a WebSocket, by the protocol <c>graphql-transport-ws</c>. Browsers send their token as the first message.</summary>
internal sealed class SocketDoor(
    Answering answering, Admission admission, Graphs graphs, Hub hub, TellingMetrics metrics, TimeProvider clock, IHostApplicationLifetime life,
    ILogger<SocketDoor> log)
{
    public const string Protocol = "graphql-transport-ws";

    public async Task Handle(HttpContext http)
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } measured)
            measured.MetricsDisabled = true; // how long somebody listens is not how long they wait
        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol, StringComparer.Ordinal))
        {
            await GraphDoor.Refuse(http, 400, new($"The protocol spoken here is {Protocol}.", "protocol_unknown"));
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(Protocol);
        using var line = new SocketLine(socket, log);
        using var conversation = new Conversation(line, http, answering, admission, graphs, hub, metrics, clock);
        using var stopping = life.ApplicationStopping.Register(() => _ = line.Close((int)WebSocketCloseStatus.EndpointUnavailable, "Going away"));
        metrics.Connected(1, "socket");
        try
        {
            await conversation.Run();
        }
        finally
        {
            metrics.Connected(-1, "socket");
        }
    }
}
