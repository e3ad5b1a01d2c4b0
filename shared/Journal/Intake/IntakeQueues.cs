using System.Globalization;
using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Replicas;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// The queues of one service: one it consumes from, bound to all it wants to hear and to the pulses of whose records it has copies, and one per delay
/// in which a failed event waits before it comes back. All are quorum queues, and none ever drops a message.
/// </summary>
internal sealed class IntakeQueues(string service, IReadOnlyList<TimeSpan> delays, IReadOnlyList<string> wants, IReadOnlyList<string> sources)
{
    public string Name => service;

    /// <summary>The queue in which an event of a service waits for a time.</summary>
    public static string Retry(string service, TimeSpan delay) => string.Create(
        CultureInfo.InvariantCulture, $"{service}.retry.{(delay.Milliseconds == 0 ? $"{delay.TotalSeconds:0}s" : $"{delay.TotalMilliseconds:0}ms")}");

    /// <summary>What the queue is declared with. One consumer at a time is active, else there would be no order; a second one takes over.</summary>
    public static IReadOnlyDictionary<string, object?> Arguments { get; } = new Dictionary<string, object?>
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
    };

    public async Task Declare(IChannel channel, CancellationToken cancel)
    {
        await Queue(channel, service, Arguments, cancel);
        foreach (var delay in delays.Distinct())
            await Queue(channel, Retry(service, delay), new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-message-ttl"] = (long)delay.TotalMilliseconds,
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = service,
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
            }, cancel);
        foreach (var key in wants)
            await channel.QueueBindAsync(service, Topology.Exchange, key, cancellationToken: cancel);
        foreach (var source in sources)
            await channel.QueueBindAsync(service, Pulse.Exchange, source, cancellationToken: cancel);
    }

    /// <summary>Unbinds what an earlier version of the service wanted and this one does not: nobody would read it.</summary>
    public async Task Forget(Broker broker, NpgsqlDataSource ops, CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(
            "with known as (insert into binding (key) select unnest($1) on conflict do nothing) select key from binding where key <> all($1)");
        command.Parameters.Add(new() { Value = wants.ToArray() });
        var old = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                old.Add(reader.GetString(0));
        await broker.Ask(async channel =>
        {
            foreach (var key in old)
                await channel.QueueUnbindAsync(service, Topology.Exchange, key, cancellationToken: cancel);
            return old.Count;
        }, cancel);
    }

    private static Task Queue(IChannel channel, string name, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancel) =>
        channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(), cancellationToken: cancel);
}
