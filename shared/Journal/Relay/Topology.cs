using CrmPlatform.Journal.Replicas;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Relay;

/// <summary>What exists on the broker whoever connects first: one exchange that hears everything and one stream that keeps the last days.</summary>
public static class Topology
{
    /// <summary>The topic exchange of all events.</summary>
    public const string Exchange = "crm.events";

    /// <summary>The stream of all events, for whoever wants to read again by offset or time.</summary>
    public const string Stream = "crm.events.stream";

    /// <summary>Declares all of it. The stream takes every event, so an event is never unroutable while the topology stands.</summary>
    internal static async Task DeclareExchange(IChannel channel, CancellationToken cancel)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
        var kept = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "stream",
            ["x-max-age"] = "7D",
            ["x-stream-max-segment-size-bytes"] = 50_000_000,
        };
        await channel.QueueDeclareAsync(Stream, durable: true, exclusive: false, autoDelete: false, kept, cancellationToken: cancel);
        await channel.QueueBindAsync(Stream, Exchange, "#", cancellationToken: cancel);
        await channel.ExchangeDeclareAsync(Pulse.Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancel);
    }
}
