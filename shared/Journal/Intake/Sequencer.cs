using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Restores the order of the queue and cuts it into runs. MassTransit hands deliveries to its pipeline in any order, each on a task of its
/// own; here they wait, each holding its place in the pipeline, until all before them have come (delivery tags of a channel have no gap).
/// One worker takes what is complete, up to a run at a time: under load runs are long, else an event is applied the moment it comes.
/// </summary>
internal sealed class Sequencer(Runs runs, int runSize, ILogger log) : IFilter<ReceiveContext>, IReceiveObserver, IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Dictionary<ulong, Delivery> places = [];
    private readonly CancellationTokenSource stop = new(), abort = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChannelContext? channel;
    private ulong next;
    private Task? worker;
    private int open;

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var source = context.GetPayload<ChannelContext>();
        var delivery = new Delivery(context, context.GetPayload<RabbitMqBasicConsumeContext>(), source, next);
        if (stop.IsCancellationRequested)
        {
            await finished.Task;
            await Return(source);
            throw Gone();
        }
        Enter(delivery);
        context.GetOrAddPayload(() => delivery);
        await delivery.Done;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("sequencer");

    public void Start() => worker = Task.Run(Work);

    /// <summary>
    /// Finishes the run under way and gives everything else back. Closing the line does that: the broker puts what was not acknowledged
    /// back to the head of the queue in its order, where single refusals would shuffle it.
    /// </summary>
    public async Task Stop(TimeSpan within)
    {
        await stop.CancelAsync();
        abort.CancelAfter(within);
        if (worker is not null)
            await worker;
        await Acknowledged();
        finished.TrySetResult();
        ChannelContext? last;
        lock (gate)
            last = channel;
        if (last is not null)
            await Return(last);
    }

    public void Dispose()
    {
        arrived.Dispose();
        stop.Dispose();
        abort.Dispose();
    }

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context) => Left(context);

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception) => Left(context);

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) =>
        Task.CompletedTask;

    private Task Left(ReceiveContext context)
    {
        if (context.TryGetPayload<Delivery>(out _))
            lock (gate)
                open--;
        return Task.CompletedTask;
    }

    // What was applied is acknowledged by MassTransit, on tasks of its own: closing before that would only make duplicates.
    private async Task Acknowledged()
    {
        for (var patience = 0; patience < 100; patience++)
        {
            lock (gate)
                if (open <= places.Count)
                    return;
            await Task.Delay(10);
        }
    }

    private void Enter(Delivery delivery)
    {
        lock (gate)
        {
            if (delivery.Channel != channel)
            {
                if (delivery.Channel.Channel.IsClosed)
                    throw Gone(); // a latecomer of a connection that broke: it comes again on the new one
                (channel, next) = (delivery.Channel, 1);
                channel.Channel.ChannelShutdownAsync += (_, _) => Lose(delivery.Channel);
            }
            places.Add(delivery.Tag, delivery);
            open++;
            if (delivery.Tag == next)
                arrived.Release();
        }
    }

    // Whatever waits on a channel that has closed comes again on the next one; MassTransit opens that when the last of them has left.
    private Task Lose(ChannelContext closed)
    {
        Delivery[] waiting = [];
        lock (gate)
            if (channel == closed)
            {
                waiting = [.. places.Values];
                places.Clear();
                channel = null;
            }
        foreach (var delivery in waiting)
            delivery.Dropped(Gone());
        return Task.CompletedTask;
    }

    private async Task Work()
    {
        while (true)
            try
            {
                await arrived.WaitAsync(stop.Token);
                while (!stop.IsCancellationRequested && Take() is { Count: > 0 } run)
                    await Settle(run);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
    }

    private List<Delivery> Take()
    {
        var run = new List<Delivery>();
        lock (gate)
            while (run.Count < runSize && places.Remove(next, out var delivery))
            {
                run.Add(delivery);
                next++;
            }
        return run;
    }

    private async Task Settle(List<Delivery> run)
    {
        try
        {
            await runs.Settle(run, stop.Token, abort.Token);
        }
        catch (Exception e)
        {
            // What is left of the run comes again on the next channel, in order.
            if (!stop.IsCancellationRequested)
                log.LogError(e, "A run of {Count} events was given back", run.Count);
            await Return(run[0].Channel);
            foreach (var delivery in run)
                delivery.Dropped(Gone());
        }
    }

    // Once it counts as closed MassTransit refuses nothing on it, and the deliveries may go.
    private async Task Return(ChannelContext source)
    {
        var closed = Line.Close(source);
        while (!source.Channel.IsClosed && !closed.IsCompleted)
            await Task.Delay(1);
        await Lose(source);
    }

    private static OperationCanceledException Gone() => new("The event goes back to the queue.");
}
