using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Records.Fields;

/// <summary>
/// Keeps the indexes that custom fields want, no more and no less: what is there is compared with what is wanted after each change of a field and
/// every so often. So a build that a crash broke off is found (invalid, as PostgreSQL leaves it) and begun anew, by whichever process looks first.
/// </summary>
/// <remarks>It builds as the database's owner, which the login of ops may become for this alone: it inherits nothing of it.</remarks>
internal sealed class FieldIndexes(
    CustomFields fields, RecordTypes types, [FromKeyedServices(JournalRegistration.Ops)] NpgsqlDataSource ops, TimeProvider clock,
    ILogger<FieldIndexes> log) : BackgroundService
{
    // The number only has to be the same in every process and used for nothing else in this database.
    private const long BuilderLock = 0x43524D02;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, long> failed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = fields.Change;
            try
            {
                await Keep(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "Indexes of custom fields wait for the database");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break; // what was being built is found invalid and built by whoever runs next
            }
            await change.WaitAsync(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Keep(CancellationToken cancel)
    {
        if (await Work(cancel) is { Missing: [], Unwanted: [] })
            return;
        await using var connection = await ops.OpenConnectionAsync(cancel);
        try
        {
            // Tried, never waited for: who waits inside a statement holds a snapshot, and the build waits for those.
            if (!(bool)(await Value(connection, $"select pg_try_advisory_lock({BuilderLock})", cancel))!)
                return;
            await Run(connection, $"set role {await Value(connection, "select quote_ident(current_database() || '_owner')", cancel)}", cancel);
            var work = await Work(cancel); // somebody may have done it meanwhile
            foreach (var name in work.Unwanted)
                await Run(connection, $"drop index concurrently if exists \"{name}\"", cancel);
            foreach (var index in work.Missing)
                await Build(connection, index, cancel);
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) // given back as it was: the pool's reset would come with its next use
                await Run(connection, "reset role; select pg_advisory_unlock_all()", CancellationToken.None);
        }
    }

    private async Task Build(NpgsqlConnection connection, FieldIndex index, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        try
        {
            await Run(connection, $"drop index concurrently if exists \"{index.Name}\"", cancel);
            await Run(connection, index.Create, cancel);
            log.LogInformation("Built the index {Index} in {Elapsed}", index.Name, clock.GetElapsedTime(since));
        }
        catch (PostgresException e)
        {
            failed[index.Name] = clock.GetTimestamp();
            log.LogError(e, "The index {Index} could not be built", index.Name);
            if (await Value(connection, $"select to_regclass('\"{index.Name}\"')::text", cancel) is string)
                await Run(connection, $"comment on index \"{index.Name}\" is '{FieldIndexState.Failed}'", cancel);
        }
    }

    private async Task<(List<FieldIndex> Missing, List<string> Unwanted)> Work(CancellationToken cancel)
    {
        var wanted = await Wanted(cancel);
        var there = await FieldIndexState.Read(ops, cancel);
        return (
            [.. wanted.Values.Where(i => there.GetValueOrDefault(i.Name) is not { IsReady: true } && !FailedLately(i.Name))],
            [.. there.Keys.Except(wanted.Keys)]);
    }

    private bool FailedLately(string name) => failed.TryGetValue(name, out var at) && clock.GetElapsedTime(at) < AfterFailure;

    private async Task<Dictionary<string, FieldIndex>> Wanted(CancellationToken cancel)
    {
        var wanted = new Dictionary<string, FieldIndex>();
        await using var command = ops.CreateCommand("select distinct record, name, kind from custom_field where indexed and deleted_at is null");
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            if (types.Find(row.GetString(0)) is { } type && Enum.TryParse<CustomKind>(row.GetString(2), ignoreCase: true, out var kind))
                foreach (var index in FieldIndex.Of(type, new CustomField { Name = row.GetString(1), Kind = kind, Indexed = true }))
                    wanted[index.Name] = index;
        return wanted;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> Value(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
