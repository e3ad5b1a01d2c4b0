using System.Diagnostics;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Records.Jobs;

/// <summary>
/// Does a service's jobs, one after the other, a few seconds of each while others wait, the shares of one side by side. A step and the note of how
/// far the job is are one transaction under a lease, so every row is done exactly once, whoever is killed and whoever takes over.
/// </summary>
public sealed class JobWorker(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Works works, Sessions sessions, IServiceProvider services,
    TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private readonly JobQueue queue = new(ops);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            if (!await DoOne(stoppingToken))
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> DoOne(CancellationToken stop)
    {
        var lease = Guid.CreateVersion7(clock.GetUtcNow());
        Job? job = null;
        try
        {
            job = await queue.Claim(lease, stop);
            if (job is null)
                return false;
            if (job.Attempts > MostAttempts)
                throw new Refusal(500, "internal", "It failed again and again; what it had done stays.");
            await GoOn(job, lease, stop);
            return true;
        }
        catch (Refusal refusal) when (job is not null)
        {
            await queue.Fail(job, lease, refusal);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "A step of the job {Job} failed; it is tried again", job?.Id);
            await Later(job, lease);
            return false;
        }
    }

    // A stop waits for the steps under way, so that nothing is done twice for it.
    private async Task GoOn(Job job, Guid lease, CancellationToken stop)
    {
        var work = works.Of(job) ?? throw new Refusal(422, "unknown_job", $"This service knows no {job.Kind} of {job.Record} records.");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var isOurs = await Task.WhenAll(Lane.Of(job, work).Where(lane => !lane.HasEnded).Select(
            lane => Task.Run(() => GoOn(job, work, lane, lease, enough), CancellationToken.None)));
        if (Array.TrueForAll(isOurs, ours => ours))
            await queue.Release(job, lease, TimeSpan.Zero);
    }

    // Whether the job is still to be given back: it has neither ended nor gone to somebody else.
    private async Task<bool> GoOn(Job job, Work work, Lane lane, Guid lease, CancellationTokenSource enough)
    {
        try
        {
            await using var run = work.GoOn(job, lane, services);
            var turn = Stopwatch.GetTimestamp();
            while (!enough.IsCancellationRequested)
            {
                await using var session = sessions.Begin(job.Cause, CancellationToken.None);
                var step = await run.Next(session, CancellationToken.None);
                var state = await JobTable.Note(session, job, lease, lane, step);
                if (state is null)
                    return false; // what was not committed did not happen
                await session.Commit();
                if (state != JobState.Running)
                    return false;
                if (step.IsLast)
                    return true;
                if (Stopwatch.GetElapsedTime(turn) > Turn && await queue.IsWaitedFor(CancellationToken.None))
                    break;
            }
            return true;
        }
        catch
        {
            await enough.CancelAsync();
            throw;
        }
    }

    private async Task Later(Job? job, Guid lease)
    {
        try
        {
            if (job is not null)
                await queue.Release(job, lease, TimeSpan.FromSeconds(job.Attempts));
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "The job {Job} could not be given back; its lease will end", job!.Id);
        }
    }
}
