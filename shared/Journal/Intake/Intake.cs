using CrmPlatform.Journal.Relay;
using CrmPlatform.Journal.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// How one service takes in events: a line delivers them in order, the runs apply them with transactions and retries. Constructing it adds the
/// service's queues to what the broker declares; starting it begins to consume, whether or not the broker is there yet.
/// </summary>
public sealed class Intake : IHostedService, IAsyncDisposable
{
    // Between two lines. It does not grow: events wait meanwhile, and an attempt costs a broker little.
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromMilliseconds(500);

    private readonly IntakeOptions options;
    private readonly NpgsqlDataSource ops;
    private readonly Broker broker;
    private readonly TimeProvider clock;
    private readonly JournalMetrics metrics;
    private readonly ILogger<Intake> log;
    private readonly Parking parking;
    private readonly IntakeQueues queues;
    private readonly Runs runs;
    private readonly CancellationTokenSource stopping = new(), abort = new();
    private Task? serving, looking;
    private string? startTrouble;
    private bool forgotten;

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
        runs = new Runs(options, new Consumers(options, heard, services), projections, sessions, data, ops, broker, clock, metrics, log);
    }

    /// <summary>Why events are not taken in because of the database, or null.</summary>
    public string? DatabaseTrouble => startTrouble ?? runs.Trouble;

    /// <summary>Why events are not taken in because of the broker, or null.</summary>
    public string? BrokerTrouble { get; private set; } = "not connected yet";

    internal static IntakeQueues QueuesOf(IntakeOptions options) => new(
        options.Service, options.Delays,
        [.. new HeardEvents(options.Consumers).Types.Concat(ProjectionsOf(options).SelectMany(p => p.Wants)).Distinct()],
        options.Sources);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        serving = Serve(stopping.Token);
        looking = Look(stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (serving is null || stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        abort.CancelAfter(options.StopWithin);
        await serving;
        await looking!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
        abort.Dispose();
    }

    private static Projection[] ProjectionsOf(IntakeOptions options) =>
        options.Copies.Count == 0 ? [.. options.Projections] : [new Copies(options.Copies), .. options.Projections];

    private async Task Serve(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ServeOneLine(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Interrupted(e);
            }
            await Pause(ComeBackAfter, stop);
        }
    }

    private async Task ServeOneLine(CancellationToken stop)
    {
        await ForgetOnce(stop);
        await using var line = await Line.Open(options, queues, stop);
        log.LogInformation("Events are taken in from {Queue}", queues.Name);
        BrokerTrouble = null;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, line.Broken);
        while (true)
        {
            var run = await line.Next(options.RunSize, stop);
            try
            {
                await runs.Settle(run, until.Token, abort.Token);
            }
            catch (OperationCanceledException)
            {
                await line.Acknowledge(run); // as far as it came before the stop
                throw;
            }
            await line.Acknowledge(run);
        }
    }

    private async Task ForgetOnce(CancellationToken stop)
    {
        if (!forgotten)
            await queues.Forget(broker, ops, stop);
        (forgotten, startTrouble) = (true, null);
    }

    private void Interrupted(Exception e)
    {
        var first = BrokerTrouble is null && startTrouble is null;
        startTrouble = e is NpgsqlException ? e.Message : null;
        BrokerTrouble = e is NpgsqlException ? null : e.GetBaseException().Message;
        if (e is not NpgsqlException && !Line.IsTheLines(e))
            log.LogError(e, "Events were given back: {Reason}", e.Message);
        else
            log.Log(first ? LogLevel.Warning : LogLevel.Debug, e, "Events are not taken in: {Reason}", e.Message);
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
