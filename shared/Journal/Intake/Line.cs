using MassTransit.RabbitMqTransport;
using RabbitMQ.Client.Exceptions;

namespace CrmPlatform.Journal.Intake;

/// <summary>The line deliveries came on.</summary>
internal static class Line
{
    /// <summary>
    /// Closes the whole connection. Closing the channel alone would wait for its deliveries to leave while those that still come wait for
    /// the close.
    /// </summary>
    public static async Task Close(ChannelContext source)
    {
        try
        {
            await source.ConnectionContext.Connection.CloseAsync(200, "events go back to the queue", TimeSpan.FromSeconds(5), abort: true);
        }
        catch (Exception e) when (e is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // It is closed already, and that is what was wanted.
        }
    }
}
