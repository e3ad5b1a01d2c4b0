using CrmPlatform.Hosting.Database;
using CrmPlatform.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Identity.OAuth;

/// <summary>Forgets codes, refresh tokens and secrets of programs that have ended; a day later, so that one that comes again is still recognised.</summary>
internal sealed class OAuthSweeper(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, TimeProvider clock, ILogger<OAuthSweeper> log)
    : Sweeping(ops, clock, log, Steps)
{
    private static readonly string[] Steps =
    [
        "delete from oauth_code where ends_at < now() - interval '1 day'",
        "delete from refresh_token where ends_at < now() - interval '1 day'",
        "delete from program_secret where ends_at < now() - interval '1 day'",
    ];
}
