using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// One message between its arrival in the pipeline and its acknowledgement. MassTransit acknowledges it when <see cref="Done"/> completes;
/// until then it is the broker's to hand out again.
/// </summary>
internal sealed class Delivery(ReceiveContext context, RabbitMqBasicConsumeContext message, ChannelContext channel, IPipe<ReceiveContext> consumers)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IncomingEvent Event { get; } = Headers.Read(message.Properties, context.Body.GetBytes());

    public IReadOnlyBasicProperties Properties => message.Properties;

    public ulong Tag => message.DeliveryTag;

    public ChannelContext Channel => channel;

    public Task Done => done.Task;

    /// <summary>Runs the event through the consumers, with a session that shares the run's transaction.</summary>
    public Task Send(Session session)
    {
        context.GetOrAddPayload(() => new Attempt(Event)).Session = session;
        return consumers.Send(context);
    }

    public void Settled() => done.TrySetResult();

    public void Dropped(Exception why) => done.TrySetException(why);
}

/// <summary>What the consumers of one event share while it is applied.</summary>
internal sealed class Attempt(IncomingEvent incoming)
{
    public IncomingEvent Event { get; } = incoming;

    /// <summary>One consumer at a time: a session is one connection.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public Session? Session { get; set; }
}
