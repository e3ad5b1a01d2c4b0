using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Forgets codes, refresh tokens and secrets of programs that have ended; a day later, so that one that comes again is still recognised.</summary>
internal sealed class OAuthSweeper(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, TimeProvider clock, ILogger<OAuthSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private static readonly string[] Steps =
    [
        "delete from oauth_code where ends_at < now() - interval '1 day'",
        "delete from refresh_token where ends_at < now() - interval '1 day'",
        "delete from program_secret where ends_at < now() - interval '1 day'",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                foreach (var step in Steps)
                {
                    await using var command = ops.CreateCommand(step);
                    await command.ExecuteNonQueryAsync(stoppingToken);
                }
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "Codes and tokens that have ended could not be swept; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
