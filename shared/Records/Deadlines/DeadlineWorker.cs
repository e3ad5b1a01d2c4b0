using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Records.Deadlines;

/// <summary>
/// Looks for records whose time has come and does with each what is to be done, in a session of its own, as the platform. A record that refuses is
/// left alone for a while, so that it holds up no other.
/// </summary>
public sealed class DeadlineWorker(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, Sessions sessions, RecordTypes types, IReadOnlyList<Deadline> deadlines,
    TimeProvider clock, ILogger<DeadlineWorker> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Deadline, Guid), Failed> failed = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && deadlines.Count > 0)
        {
            var found = 0;
            foreach (var deadline in deadlines)
                found += await Meet(deadline, stoppingToken);
            if (found < AtOnce)
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> Meet(Deadline deadline, CancellationToken stop)
    {
        try
        {
            var due = await Due(deadline, stop);
            foreach (var (tenant, id) in due)
                if (!stop.IsCancellationRequested)
                    await Meet(deadline, tenant, id);
            return due.Count;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
                log.LogWarning(e, "What is due cannot be looked for; the next round tries again");
            return 0;
        }
    }

    private async Task Meet(Deadline deadline, Guid tenant, Guid id)
    {
        try
        {
            var actor = new Actor(ActorKind.Platform, deadline.Name, deadline.Name) { Door = "deadline" };
            await using var session = sessions.Begin(
                new Cause(actor, tenant, Guid.CreateVersion7(clock.GetUtcNow()), null), CancellationToken.None);
            await deadline.Meet(session, id);
            await session.Commit();
            failed.TryRemove((deadline, id), out _);
        }
        catch (Exception e)
        {
            var times = failed.GetValueOrDefault((deadline, id))?.Times + 1 ?? 1;
            var rest = TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, times)));
            failed[(deadline, id)] = new Failed(times, clock.GetUtcNow() + rest);
            log.LogWarning(e, "The {Record} {Id} was due to be {Name} and refused; it is tried again in {Rest}", deadline.Record, id, deadline.Name, rest);
        }
    }

    private async Task<List<(Guid Tenant, Guid Id)>> Due(Deadline deadline, CancellationToken stop)
    {
        var (type, now) = (types[deadline.Record], clock.GetUtcNow());
        var column = type.Find(deadline.Field)!.Column;
        var resting = failed.Where(f => f.Key.Item1 == deadline && f.Value.Until > now).Select(f => f.Key.Item2).ToArray();
        await using var command = ops.CreateCommand(
            $"""
            select tenant, id from {type.Table} where {column} <= $1 and {column} is not null and deleted_at is null and id <> all($2)
            order by {column} limit {AtOnce}
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = resting });
        var due = new List<(Guid, Guid)>();
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
            due.Add((row.GetGuid(0), row.GetGuid(1)));
        return due;
    }

    private sealed record Failed(int Times, DateTimeOffset Until);
}
