using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CrmPlatform.Journal.Relay;

/// <summary>
/// The line to RabbitMQ for what must not be lost: declares exchange and queues, publishes with confirms. Reconnects on the next use;
/// while the broker is away every call throws <see cref="BrokerAway"/> and the caller keeps what it has.
/// </summary>
public sealed class Broker(Uri address, string name, ILogger<Broker> log) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<Func<IChannel, CancellationToken, Task>> topology = [Topology.DeclareExchange];
    private IConnection? connection;
    private ConfirmedChannel? publishing;

    /// <summary>Why the broker cannot be used, or null when the last use worked.</summary>
    public string? Trouble { get; private set; } = "not connected yet";

    /// <summary>Adds queues and bindings that are declared with each new connection, before anything is published through it.</summary>
    public void Declares(Func<IChannel, CancellationToken, Task> queues) => topology.Add(queues);

    /// <summary>Connects and declares everything if that is not done yet.</summary>
    public Task Connect(CancellationToken cancel) => Use(_ => Task.CompletedTask, cancel);

    /// <summary>Publishes all messages in their order and returns when the broker has taken responsibility for each of them.</summary>
    public Task Publish(IReadOnlyList<Message> messages, CancellationToken cancel) => Use(channel => channel.Publish(messages, cancel), cancel);

    /// <summary>Asks or tells the broker something over a channel of its own.</summary>
    public async Task<T> Ask<T>(Func<IChannel, Task<T>> question, CancellationToken cancel)
    {
        await Connect(cancel);
        await using var channel = await connection!.CreateChannelAsync(cancellationToken: cancel);
        return await question(channel);
    }

    /// <summary>Closes the line.</summary>
    public async ValueTask DisposeAsync()
    {
        await Close();
        turn.Dispose();
    }

    private async Task Use(Func<ConfirmedChannel, Task> use, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            publishing = publishing is { IsOpen: true } ? publishing : await Open(cancel);
            await use(publishing);
            Trouble = null;
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException or BrokerAway
            or OperationCanceledException)
        {
            await Close();
            if (cancel.IsCancellationRequested)
                throw new OperationCanceledException(e.Message, e, cancel);
            Trouble = (e.InnerException ?? e).Message;
            throw e as BrokerAway ?? new BrokerAway(Trouble, e);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<ConfirmedChannel> Open(CancellationToken cancel)
    {
        await Close();
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false, // a new connection declares the topology again: the broker may have lost it
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        };
        connection = await factory.CreateConnectionAsync(cancel);
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancel))
            foreach (var declare in topology)
                await declare(channel, cancel);
        log.LogInformation("Connected to the broker as {Name}", name);
        return await ConfirmedChannel.Open(connection, cancel);
    }

    private async Task Close()
    {
        var (oldChannel, oldConnection) = (publishing, connection);
        (publishing, connection) = (null, null);
        try
        {
            if (oldChannel is not null)
                await oldChannel.DisposeAsync();
            if (oldConnection is not null)
                await oldConnection.DisposeAsync();
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException)
        {
            log.LogDebug(e, "The old connection did not close cleanly");
        }
    }
}

/// <summary>The broker cannot be reached or did not confirm.</summary>
public sealed class BrokerAway(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One message on its way out.</summary>
public sealed record Message(string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether it is lost when no queue takes it, so that this is an error.</summary>
    public bool NeedsQueue { get; init; } = true;
}
