using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Journal.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Roles;

/// <summary>
/// Which tokens count no longer, though their time is not over. Every service hears what identity revokes and keeps it until the last token of it has
/// ended; every process of a service looks each second what is new.
/// </summary>
public sealed class Revocations(
    [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, TimeProvider clock, ILogger<Revocations> log) : BackgroundService
{
    /// <summary>How long it is kept: longer than any access token lives.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Looked at again each time: what was heard before the last look may have been committed after it.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Source), DateTimeOffset> revoked = new();
    private DateTimeOffset seen = DateTimeOffset.MinValue;

    /// <summary>Whether what a token came from has been revoked.</summary>
    public bool Has(Caller caller) => Has(caller.Tenant, caller.Source) || Has(caller.Tenant, caller.Connection);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Look(stoppingToken);
    }

    private bool Has(Guid tenant, Guid? source) => source is { } id && revoked.ContainsKey((tenant, id));

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            await using var command = ops.CreateCommand("select tenant, source, heard from revoked where heard > $1");
            command.Parameters.Add(new() { Value = (seen == DateTimeOffset.MinValue ? seen : seen - Overlap).ToUniversalTime() });
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                var heard = row.GetFieldValue<DateTimeOffset>(2);
                revoked[(row.GetGuid(0), row.GetGuid(1))] = heard;
                seen = heard > seen ? heard : seen;
            }
            foreach (var over in revoked.Where(r => r.Value < seen - Kept - Kept))
                revoked.TryRemove(over);
        }
        catch (Exception e) when (e is NpgsqlException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            log.LogWarning(e, "What was revoked could not be looked at; what is known already stays refused");
        }
    }
}

/// <summary>Takes note of what identity revokes.</summary>
internal sealed class OnRevoked : Projection
{
    public override IReadOnlyList<string> Wants { get; } = ["identity.*.revoked"];

    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events) => await session.Execute(
        """
        insert into revoked (tenant, source) select @tenant, unnest(@sources)
        on conflict (tenant, source) do update set heard = clock_timestamp()
        """,
        new { sources = events.Select(e => e.RecordId).Distinct().ToArray() });
}
