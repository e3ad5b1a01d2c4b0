using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Hosting.Database;

/// <summary>
/// Forgets what has served its time, every ten minutes. A step takes few rows, so that no statement holds many or runs long, and comes again while it
/// finds something.
/// </summary>
public abstract class Sweeping(NpgsqlDataSource ops, TimeProvider clock, ILogger log, IReadOnlyList<string> steps) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            foreach (var step in steps)
                await Sweep(step, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // One that fails keeps no other from sweeping.
    private async Task Sweep(string step, CancellationToken stop)
    {
        try
        {
            int swept;
            do
            {
                await using var command = ops.CreateCommand(step);
                swept = await command.ExecuteNonQueryAsync(stop);
            }
            while (swept > 0);
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "Sweeping failed; the next round tries again");
        }
    }
}
