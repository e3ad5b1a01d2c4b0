using CrmPlatform.Journal.Relay;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Hears what is told from now on, over a queue that belongs to this process and is gone with its connection: for who passes on what happens and
/// keeps nothing. What is told while there is no connection is missed, so each time one stands whoever listens is told that from here on nothing is.
/// </summary>
/// <param name="broker">Where the broker is.</param>
/// <param name="name">What the connection is called there.</param>
/// <param name="wants">What is heard, as routing patterns.</param>
/// <param name="clock">Waits between two connections.</param>
/// <param name="log">Hears when the connection breaks.</param>
public abstract partial class Hearing(Uri broker, string name, IReadOnlyList<string> wants, TimeProvider clock, ILogger log) : BackgroundService
{
    // As many as may be on their way: events wait at the broker for who is slower than they come.
    private const ushort Prefetch = 2_000;

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromMilliseconds(500), OpenWithin = TimeSpan.FromSeconds(15);

    /// <summary>Why nothing is heard, or null.</summary>
    public string? Trouble { get; private set; } = "not connected yet";

    /// <summary>From here on nothing is missed.</summary>
    protected abstract void Begin();

    /// <summary>From here on nothing is heard, until it begins again.</summary>
    protected abstract void End();

    /// <summary>Something happened. Whoever has to wait does so elsewhere: events are heard one after the other.</summary>
    protected abstract void Hear(IncomingEvent told);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await OneConnection(stoppingToken);
            }
            catch (Exception e) when (Line.IsTheLines(e) || e is OperationCanceledException)
            {
                if (Trouble is null)
                {
                    Broken(name, e.GetBaseException().Message);
                    End();
                }
                Trouble = e.GetBaseException().Message;
            }
            await Task.Delay(ComeBackAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OneConnection(CancellationToken stop)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stop);
        within.CancelAfter(OpenWithin);
        await using var connection = await new ConnectionFactory
        {
            Uri = broker,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false, // a recovered one would not say that something was missed
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ConsumerDispatchConcurrency = 1, // the order depends on it
        }.CreateConnectionAsync(within.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: within.Token);
        await Topology.DeclareExchange(channel, within.Token);
        var queue = await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: within.Token);
        foreach (var want in wants)
            await channel.QueueBindAsync(queue.QueueName, Topology.Exchange, want, cancellationToken: within.Token);
        await channel.BasicQosAsync(0, Prefetch, global: false, within.Token);
        var consumer = new Consumer(channel, Hear);
        connection.ConnectionShutdownAsync += (_, e) => consumer.Break(e.ReplyText);
        channel.ChannelShutdownAsync += (_, e) => consumer.Break(e.ReplyText);
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: false, consumer, within.Token);
        Connected(name);
        Trouble = null;
        Begin();
        await consumer.Broken.WaitAsync(stop);
    }

    [LoggerMessage(LogLevel.Information, "{Name} hears all that is told")]
    private partial void Connected(string name);

    [LoggerMessage(LogLevel.Warning, "{Name} hears nothing: {Why}")]
    private partial void Broken(string name, string why);

    private sealed class Consumer(IChannel channel, Action<IncomingEvent> hear) : AsyncDefaultBasicConsumer(channel)
    {
        private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Broken => broken.Task;

        public Task Break(string why)
        {
            broken.TrySetException(new BrokerAway(why));
            return Task.CompletedTask;
        }

        public override async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            var told = Headers.Read(properties, body.ToArray()); // the client uses the body's memory again
            if (told.Defect is null)
                hear(told);
            try
            {
                await Channel.BasicAckAsync(deliveryTag, multiple: false, cancellationToken);
            }
            catch (Exception e) when (e is RabbitMQClientException or ObjectDisposedException)
            {
                await Break(e.Message);
            }
        }

        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => Break("The queue is gone.");
    }
}
