using System.Threading.Channels;
using CrmPlatform.Journal.Relay;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// One connection to the broker with one consumer of the service's queue on it. The broker delivers in the queue's order, and the client hands
/// over one delivery at a time, so what is taken here is in that order. A line is never repaired: whatever breaks about it ends it, the broker
/// puts what was not acknowledged back to the head of the queue in its order, and the next line begins there.
/// </summary>
internal sealed class Line : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(15), CloseWithin = TimeSpan.FromSeconds(5);

    // Holds no more than the broker hands out unacknowledged.
    private readonly Channel<Delivery> arrived = System.Threading.Channels.Channel.CreateUnbounded<Delivery>();
    private readonly CancellationTokenSource broken = new();
    private readonly IConnection connection;
    private string? reason;

    private Line(IConnection connection, IChannel channel)
        : base(channel)
    {
        this.connection = connection;
        connection.ConnectionShutdownAsync += (_, e) => Break(e.ReplyText);
        channel.ChannelShutdownAsync += (_, e) => Break(e.ReplyText);
    }

    /// <summary>Cancelled when the line can be used no more.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>Connects, declares the queues and begins to consume; <see cref="BrokerAway"/> when that cannot be done.</summary>
    public static async Task<Line> Open(IntakeOptions options, IntakeQueues queues, CancellationToken cancel)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        within.CancelAfter(OpenWithin);
        IConnection? connection = null;
        try
        {
            connection = await Connect(options, within.Token);
            var channel = await connection.CreateChannelAsync(cancellationToken: within.Token);
            var line = new Line(connection, channel);
            await Topology.DeclareExchange(channel, within.Token);
            await queues.Declare(channel, within.Token);
            await channel.BasicQosAsync(0, options.Prefetch, global: false, within.Token);
            // Its answer proves that the line was whole after it began to be watched: no break goes unseen.
            await channel.BasicConsumeAsync(queues.Name, autoAck: false, line, within.Token);
            return line;
        }
        catch (Exception e)
        {
            if (connection is not null)
                await Close(connection); // whatever it was: a consumer left behind would keep the queue to itself
            cancel.ThrowIfCancellationRequested();
            if (IsTheLines(e) || e is OperationCanceledException)
                throw new BrokerAway(e.GetBaseException().Message, e);
            throw;
        }
    }

    /// <summary>What is wrong is wrong with the connection or the broker, and another connection may be better.</summary>
    public static bool IsTheLines(Exception e) =>
        e is BrokerAway or RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException;

    /// <summary>Waits for deliveries and takes as many as there are, in order; <see cref="BrokerAway"/> once the line has broken.</summary>
    public async Task<List<Delivery>> Next(int most, CancellationToken cancel)
    {
        await arrived.Reader.WaitToReadAsync(cancel);
        ThrowIfBroken(); // what has arrived here comes again on the next line
        var run = new List<Delivery>();
        while (run.Count < most && arrived.Reader.TryRead(out var delivery))
            run.Add(delivery);
        return run;
    }

    /// <summary>Lets the broker forget what is settled of a run; <see cref="BrokerAway"/> when the line has broken.</summary>
    public async Task Acknowledge(List<Delivery> run)
    {
        ThrowIfBroken();
        if (run.TrueForAll(d => d.IsSettled))
            await Channel.BasicAckAsync(run[^1].Tag, multiple: true);
        else
            foreach (var delivery in run.Where(d => d.IsSettled))
                await Channel.BasicAckAsync(delivery.Tag, multiple: false);
    }

    /// <inheritdoc/>
    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        arrived.Writer.TryWrite(new Delivery(deliveryTag, properties, body.ToArray())); // the client uses the body's memory again
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        Break("The queue is gone.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Break("The line is closed.");
        await Close(connection);
    }

    private static Task<IConnection> Connect(IntakeOptions options, CancellationToken cancel) => new ConnectionFactory
    {
        Uri = options.Broker,
        ClientProvidedName = $"{options.Service} intake",
        AutomaticRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        ConsumerDispatchConcurrency = 1, // the order depends on it
    }.CreateConnectionAsync(cancel);

    private static async Task Close(IConnection connection)
    {
        try
        {
            try
            {
                await connection.CloseAsync(200, "events go back to the queue", CloseWithin, abort: true).WaitAsync(CloseWithin * 2);
            }
            finally
            {
                await connection.DisposeAsync().AsTask().WaitAsync(CloseWithin);
            }
        }
        catch (Exception e) when (IsTheLines(e) || e is OperationCanceledException)
        {
            return; // it was gone already
        }
    }

    private void ThrowIfBroken()
    {
        if (reason is not null)
            throw new BrokerAway(reason);
    }

    private Task Break(string why)
    {
        Interlocked.CompareExchange(ref reason, why, null);
        arrived.Writer.TryComplete(new BrokerAway(why));
        return broken.CancelAsync();
    }
}
