using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CrmPlatform.Journal.Relay;

/// <summary>
/// A channel that knows what the broker has confirmed. Each tag is counted for itself: with several bound queues confirms arrive out of
/// order, so "everything up to the highest" would claim too much. A message no queue took is an error, not a success.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    // Enough to keep the broker busy, little enough to hold in memory.
    private const int Window = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IChannel channel;
    private readonly Lock gate = new();
    private readonly HashSet<ulong> outstanding = [];
    private TaskCompletionSource? allConfirmed;

    private ConfirmedChannel(IChannel channel)
    {
        this.channel = channel;
        channel.BasicAcksAsync += (_, e) => Confirmed(e.DeliveryTag, e.Multiple);
        channel.BasicNacksAsync += (_, e) => Failed($"The broker refused message {e.DeliveryTag}.");
        channel.BasicReturnAsync += (_, e) => Failed($"No queue takes {e.RoutingKey}: {e.ReplyText}.");
        channel.ChannelShutdownAsync += (_, e) => Failed(e.ReplyText);
    }

    public bool IsOpen => channel.IsOpen;

    public static async Task<ConfirmedChannel> Open(IConnection connection, CancellationToken cancel) =>
        new(await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancel));

    public async Task Publish(IReadOnlyList<Message> messages, CancellationToken cancel)
    {
        foreach (var window in messages.Chunk(Window))
        {
            var confirmed = await Expect(window.Length, cancel);
            foreach (var message in window)
                await channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.NeedsQueue, message.Properties, message.Body, cancel);
            await confirmed.WaitAsync(Patience, cancel);
        }
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    private async Task<Task> Expect(int count, CancellationToken cancel)
    {
        var next = await channel.GetNextPublishSequenceNumberAsync(cancel);
        lock (gate)
        {
            for (var tag = next; tag < next + (ulong)count; tag++)
                outstanding.Add(tag);
            allConfirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return allConfirmed.Task;
        }
    }

    private Task Confirmed(ulong tag, bool multiple)
    {
        lock (gate)
        {
            if (multiple)
                outstanding.RemoveWhere(t => t <= tag);
            else
                outstanding.Remove(tag);
            if (outstanding.Count == 0)
                allConfirmed?.TrySetResult();
        }
        return Task.CompletedTask;
    }

    private Task Failed(string reason)
    {
        lock (gate)
            allConfirmed?.TrySetException(new BrokerAway(reason));
        return Task.CompletedTask;
    }
}
