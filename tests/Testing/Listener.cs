using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Xunit;

namespace CrmPlatform.Testing;

/// <summary>One event as a subscriber hears it.</summary>
/// <param name="Type">The routing key.</param>
/// <param name="Headers">CloudEvents attributes without their prefix, and <c>traceparent</c>.</param>
/// <param name="Body">The record, its version, what changed.</param>
public sealed record Heard(string Type, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>The record it happened to.</summary>
    public Guid Record => Body.GetProperty("id").GetGuid();

    /// <summary>The record's version after it.</summary>
    public int Version => Body.GetProperty("version").GetInt32();
}

/// <summary>A subscriber like any other team's: a queue of its own, bound by a routing pattern, gone when the test ends.</summary>
public sealed class Listener : IAsyncDisposable
{
    private const string Prefix = "cloudEvents:";

    private readonly IConnection connection;
    private readonly ConcurrentQueue<Heard> events = new();

    private Listener(IConnection connection) => this.connection = connection;

    /// <summary>What was heard so far, in order.</summary>
    public IReadOnlyList<Heard> Events => [.. events];

    /// <summary>Waits until so many events were heard (of one record, if one is named) and returns them.</summary>
    public async Task<IReadOnlyList<Heard>> Until(int count, Guid? record = null)
    {
        IReadOnlyList<Heard> heard = [];
        await TestCrm.Eventually(() =>
        {
            heard = [.. events.Where(e => record is null || e.Record == record)];
            Assert.True(
                heard.Count >= count, $"{heard.Count} of {count} events were heard: {string.Join(", ", heard.Select(e => e.Type))}");
        });
        return heard;
    }

    /// <summary>Ends the subscription.</summary>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    internal static async Task<Listener> Start(Uri broker, string pattern, Guid tenant)
    {
        var listener = new Listener(await new ConnectionFactory { Uri = broker, ClientProvidedName = "test" }.CreateConnectionAsync());
        var channel = await listener.connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(queue.QueueName, "crm.events", pattern);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var heard = Read(delivery);
            if (heard.Headers.GetValueOrDefault("tenant") == tenant.ToString())
                listener.events.Enqueue(heard);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return listener;
    }

    private static Heard Read(BasicDeliverEventArgs delivery)
    {
        var headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
            h => h.Key.StartsWith(Prefix, StringComparison.Ordinal) ? h.Key[Prefix.Length..] : h.Key,
            h => h.Value is byte[] text ? Encoding.UTF8.GetString(text) : $"{h.Value}");
        return new Heard(delivery.RoutingKey, headers, JsonSerializer.Deserialize<JsonElement>(delivery.Body.Span));
    }
}
