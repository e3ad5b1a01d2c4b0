using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CrmPlatform.SystemTests.Proof;

/// <summary>
/// An independent subscriber's queue: bound before anything happens, it keeps every message (of one tenant) with its repetitions in their order.
/// </summary>
internal sealed class Recorder(Uri broker, string queue, Guid? tenant = null)
{
    /// <summary>Declares the queue and binds it.</summary>
    public async Task Begin(string exchange, string pattern)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(queue, exchange, pattern);
    }

    /// <summary>Takes everything that lies in the queue and removes it. To be called when nothing is told any more.</summary>
    public async Task<List<Told>> End()
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var count = await channel.MessageCountAsync(queue);
        var (told, seen, all) = (new List<Told>(), 0, new TaskCompletionSource());
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var headers = delivery.BasicProperties.Headers!;
            if (tenant is null || Text(headers["cloudEvents:tenant"]) == tenant.ToString())
                told.Add(new Told(
                    Guid.Parse(Text(headers["cloudEvents:id"])), Guid.Parse(Text(headers["cloudEvents:subject"]).Split('/')[1]),
                    Convert.ToInt32(headers["cloudEvents:recordversion"])));
            if (++seen == count)
                all.SetResult();
            return Task.CompletedTask;
        };
        if (count > 0)
        {
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        await channel.QueueDeleteAsync(queue);
        return told;
    }

    private Task<IConnection> Connect() => new ConnectionFactory { Uri = broker, ClientProvidedName = queue }.CreateConnectionAsync();

    internal static string Text(object? header) => Encoding.UTF8.GetString((byte[])header!);
}
