using CrmPlatform.Hosting;
using CrmPlatform.Hosting.Calls;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CrmPlatform.Identity.Calls;

/// <summary>Hears what programs asked, and keeps it. What could not be kept is heard again; while the database is away it waits in the queue.</summary>
internal sealed partial class CallIntake(CallKeeper keeper, Settings settings, TimeProvider clock, ILogger<CallIntake> log) : BackgroundService
{
    private const ushort Prefetch = 4;
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1), OpenWithin = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await OneConnection(stoppingToken);
            }
            catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException)
            {
                Broken(e.GetBaseException().Message);
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
            Uri = settings.RabbitMq,
            ClientProvidedName = "identity calls",
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        }.CreateConnectionAsync(within.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: within.Token);
        await CallsTold.Declare(channel, within.Token);
        await channel.BasicQosAsync(0, Prefetch, global: false, within.Token);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, e) =>
        {
            over.TrySetException(new IOException(e.ReplyText));
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, told) => Hear(channel, told, stop);
        await channel.BasicConsumeAsync(CallsTold.Queue, autoAck: false, consumer, within.Token);
        await over.Task.WaitAsync(stop);
    }

    private async Task Hear(IChannel channel, BasicDeliverEventArgs told, CancellationToken stop)
    {
        var calls = CallsTold.Read(told.Body.Span);
        try
        {
            if (calls is null)
                Unreadable(told.Body.Length);
            else
                await keeper.Keep(calls, stop);
            await channel.BasicAckAsync(told.DeliveryTag, multiple: false, stop);
        }
        catch (NpgsqlException e)
        {
            NotKept(e.Message);
            await Task.Delay(ComeBackAfter, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await channel.BasicNackAsync(told.DeliveryTag, multiple: false, requeue: true, stop);
        }
        catch (Exception e) when (e is RabbitMQClientException or ObjectDisposedException or OperationCanceledException)
        {
            Broken(e.Message); // it is heard again, over another connection
        }
    }

    [LoggerMessage(LogLevel.Debug, "What programs asked is not heard: {Why}")]
    private partial void Broken(string why);

    [LoggerMessage(LogLevel.Warning, "A message of {Bytes} bytes about what programs asked cannot be read; it is passed over")]
    private partial void Unreadable(int bytes);

    [LoggerMessage(LogLevel.Warning, "What programs asked could not be kept, and is heard again: {Why}")]
    private partial void NotKept(string why);
}
