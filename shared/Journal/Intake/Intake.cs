using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Telemetry;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// How one service takes in events: MassTransit receives and dispatches, the runs give it order, transactions and retries. Constructing
/// it adds the service's queues to what the broker declares; starting it begins to consume, whether or not the broker is there yet.
/// </summary>
public sealed class Intake : IHostedService, IAsyncDisposable
{
    // How long a stop lets a start come to its end: a bus that is stopped half started takes half a minute. Without a broker it never ends.
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(2);

    private readonly IntakeOptions options;
    private readonly NpgsqlDataSource ops;
    private readonly Broker broker;
    private readonly TimeProvider clock;
    private readonly JournalMetrics metrics;
    private readonly ILogger<Intake> log;
    private readonly Parking parking;
    private readonly IntakeQueues queues;
    private readonly Runs runs;
    private readonly Sequencer sequencer;
    private readonly IBusControl bus;
    private readonly CancellationTokenSource stopping = new(), abandoning = new();
    private Task? starting, looking;
    private string? startTrouble;

    internal Intake(
        IntakeOptions options, IServiceProvider services, Sessions sessions, NpgsqlDataSource data, NpgsqlDataSource ops, Broker broker,
        Parking parking, TimeProvider clock, JournalMetrics metrics, ILoggerFactory logs)
    {
        if (options.Delays.Count == 0)
            throw new ArgumentException("Without a delay nothing could be tried again.", nameof(options));
        (this.options, this.ops, this.broker, this.parking, this.clock, this.metrics) = (options, ops, broker, parking, clock, metrics);
        log = logs.CreateLogger<Intake>();
        var heard = new HeardEvents(options.Consumers);
        var projections = ProjectionsOf(options);
        queues = QueuesOf(options);
        broker.Declares(queues.Declare);
        runs = new Runs(options, heard, projections, sessions, data, broker, clock, metrics, log);
        sequencer = new Sequencer(runs, options.RunSize, log);
        bus = IntakeBus.Create(options, heard, sequencer, services, new BusLog(logs.CreateLogger("MassTransit")));
    }

    /// <summary>Why events are not taken in because of the database, or null.</summary>
    public string? DatabaseTrouble => startTrouble ?? runs.Trouble;

    /// <summary>Why events are not taken in because of the broker, or null.</summary>
    public string? BrokerTrouble => bus.CheckHealth() is { Status: not BusHealthStatus.Healthy } health
        ? health.Exception?.GetBaseException().Message ?? health.Description
        : null;

    internal static IntakeQueues QueuesOf(IntakeOptions options) => new(
        options.Service, options.Delays,
        [.. new HeardEvents(options.Consumers).Types.Concat(ProjectionsOf(options).SelectMany(p => p.Wants)).Distinct()]);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        sequencer.Start();
        starting = Begin(stopping.Token);
        looking = Look(stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (starting is null || stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        abandoning.CancelAfter(StartWithin);
        await starting;
        await looking!;
        await sequencer.Stop(options.StopWithin); // before the bus: it waits for whatever is still in the pipeline
        await bus.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        sequencer.Dispose();
        stopping.Dispose();
        abandoning.Dispose();
    }

    private static Projection[] ProjectionsOf(IntakeOptions options) =>
        options.Copies.Count == 0 ? [.. options.Projections] : [new Copies(options.Copies), .. options.Projections];

    private async Task Begin(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
            try
            {
                await broker.Connect(stop);
                await queues.Forget(broker, ops, stop);
                startTrouble = null;
                await bus.StartAsync(abandoning.Token);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                startTrouble = e is NpgsqlException ? e.Message : null;
                log.LogDebug(e, "Events are not taken in yet: {Reason}", e.Message);
                await Pause(TimeSpan.FromSeconds(1), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    // How far behind the service is, and whether something needs a person.
    private async Task Look(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                metrics.Parked((await parking.Count(stop)).Parked);
                metrics.Waiting(await broker.Ask(channel => channel.MessageCountAsync(queues.Name, stop), stop));
                await parking.SendLost(options.Delays[^1] * 2 + TimeSpan.FromMinutes(1), stop);
            }
            catch (Exception e) when (e is NpgsqlException or BrokerAway or OperationCanceledException or RabbitMQ.Client.Exceptions.RabbitMQClientException)
            {
                log.LogDebug(e, "The queue could not be looked at: {Reason}", e.Message);
            }
            await Pause(options.LookEvery, stop);
        }
    }

    private async Task Pause(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, clock, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The loop sees it.
        }
    }
}
