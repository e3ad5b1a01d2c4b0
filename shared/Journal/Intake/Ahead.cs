using CrmPlatform.Journal.Roles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// Who may do what does not wait behind what others import: a service hears what identity tells of roles, users, teams and what it revokes in a queue of its
/// own, <c>{service}.access</c>, and takes it up ahead.
/// </summary>
/// <remarks>
/// It comes in the service's queue as well, where it is counted, tried again and parked like everything else. Each value is kept with its version, so being
/// told twice, in whatever order, comes to the same, and nothing here needs a place in the inbox.
/// </remarks>
internal sealed class Ahead(IntakeOptions options, Sessions sessions, NpgsqlDataSource data, TimeProvider clock, ILogger<Ahead> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Projection[] projections = ProjectionsOf();

    public static string Queue(string service) => $"{service}.access";

    public static IntakeQueues QueuesOf(string service) => new(Queue(service), [], [.. ProjectionsOf().SelectMany(p => p.Wants)], []);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ServeOneLine(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                var level = Failures.IsTheServers(e) || Line.IsTheLines(e) ? LogLevel.Debug : LogLevel.Error; // servers that are away are the intake's to tell
                log.Log(level, e, "What identity tells waits: {Reason}", e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Projection[] ProjectionsOf() => [new Copies(RoleBook.Copies), new OnRevoked()];

    private async Task ServeOneLine(CancellationToken stop)
    {
        await using var line = await Line.Open(options, QueuesOf(options.Service), stop);
        while (true)
        {
            var run = await line.Next(options.RunSize, stop);
            await TakeUp(run, stop);
            run.ForEach(d => d.Settled());
            await line.Acknowledge(run);
        }
    }

    private async Task TakeUp(List<Delivery> run, CancellationToken stop)
    {
        try
        {
            await using var work = new Work(sessions, data, stop);
            await work.ApplyAhead([.. run.Where(d => d.Event.Defect is null)], projections);
            await work.Commit();
        }
        catch (Exception e) when (!Failures.IsTheServers(e) && e is not OperationCanceledException)
        {
            if (run is [var one])
                log.LogWarning(e, "{Event} {Id} could not be taken up ahead; it waits for its turn", one.Event.Type, one.Event.Id);
            else
                foreach (var delivery in run)
                    await TakeUp([delivery], stop);
        }
    }
}
