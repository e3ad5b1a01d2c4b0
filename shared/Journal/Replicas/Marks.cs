using System.Text;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Relay;
using Npgsql;
using RabbitMQ.Client;

namespace CrmPlatform.Journal.Replicas;

/// <summary>
/// Where the rebuilding of copies begins and ends in the queue of the service that keeps them. Between the two what is told anew fills
/// <c>copy_anew</c>, and so does what happens meanwhile; at the end it takes the place of what has been read until then, in one transaction.
/// </summary>
internal sealed class Marks(NpgsqlDataSource data, NpgsqlDataSource ops)
{
    /// <summary>The header of what is told for a rebuilding alone; its value is the rebuilding's id.</summary>
    public const string Header = "crm:rebuild";

    private const string Begins = ".journal.rebuildBegins", Ends = ".journal.rebuildEnds";

    private static readonly string[] PutInPlace =
    [
        """
        delete from copy c where c.tenant = $1 and split_part(c.record, '.', 1) = $2
            and not exists (select from copy_anew a where (a.tenant, a.record, a.id) = (c.tenant, c.record, c.id))
        """,
        """
        insert into copy as c (tenant, record, id, version, fields, versions, deleted)
        select a.tenant, a.record, a.id, a.version, a.fields, a.versions, a.deleted
        from copy_anew a where a.tenant = $1 and split_part(a.record, '.', 1) = $2
        on conflict (tenant, record, id) do update set
            version = excluded.version, fields = excluded.fields, versions = excluded.versions, deleted = excluded.deleted
        where (c.version, c.fields, c.versions, c.deleted) is distinct from (excluded.version, excluded.fields, excluded.versions, excluded.deleted)
        """,
        "delete from copy_anew where tenant = $1 and split_part(record, '.', 1) = $2",
    ];

    /// <summary>Whether a message is one.</summary>
    public static bool Is(IncomingEvent incoming) =>
        incoming.Type.EndsWith(Begins, StringComparison.Ordinal) || incoming.Type.EndsWith(Ends, StringComparison.Ordinal);

    /// <summary>The mark of a rebuilding, for the queue of the service whose copies it is of.</summary>
    public static Message Of(Guid rebuild, string source, string queue, bool begins, DateTimeOffset now)
    {
        var properties = new BasicProperties
        {
            MessageId = $"{rebuild}",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = Headers(Guid.CreateVersion7(now), source, source + (begins ? Begins : Ends), now),
        };
        properties.Headers![Header] = $"{rebuild}";
        return new Message("", queue, properties, Encoding.UTF8.GetBytes("{}"));
    }

    /// <summary>What every message of a journal about itself says, in the form of an event: services that do not know it pass over it.</summary>
    public static Dictionary<string, object?> Headers(Guid id, string source, string type, DateTimeOffset at) => new()
    {
        ["cloudEvents:specversion"] = "1.0",
        ["cloudEvents:id"] = $"{id}",
        ["cloudEvents:source"] = $"/{source}",
        ["cloudEvents:type"] = type,
        ["cloudEvents:subject"] = $"journal/{id}",
        ["cloudEvents:time"] = at.UtcDateTime.ToString("O"),
        ["cloudEvents:tenant"] = $"{Guid.Empty}",
    };

    /// <summary>Does what a mark says. One that comes twice, or of a rebuilding that another has replaced, does nothing.</summary>
    public Task Heed(IncomingEvent mark, CancellationToken cancel) =>
        mark.Type.EndsWith(Begins, StringComparison.Ordinal) ? Begin(mark, cancel) : End(mark, cancel);

    private async Task Begin(IncomingEvent mark, CancellationToken cancel)
    {
        await using var connection = await ops.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var begun = await Execute(
            connection,
            """
            insert into replica as r (source, rebuild, rebuild_begun) values ($1, $2, clock_timestamp())
            on conflict (source) do update set rebuild = excluded.rebuild, rebuild_begun = excluded.rebuild_begun, rebuild_ended = null
            where r.rebuild is distinct from excluded.rebuild
            """, cancel, mark.Source, Id(mark));
        if (begun > 0)
            await Execute(connection, "delete from copy_anew where split_part(record, '.', 1) = $1", cancel, mark.Source);
        await transaction.CommitAsync(cancel);
    }

    // As the service, tenant by tenant, so that what its tables do when a copy changes is done. Only what differs is written: after a rebuilding of
    // what was whole nothing has changed, and nobody waits for a row.
    private async Task End(IncomingEvent mark, CancellationToken cancel)
    {
        var tenants = await Tenants(mark.Source, cancel);
        await using var connection = await data.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var ended = await Execute(
            connection,
            "update replica set rebuild_ended = clock_timestamp() where source = $1 and rebuild = $2 and rebuild_ended is null",
            cancel, mark.Source, Id(mark));
        if (ended == 0)
            return;
        foreach (var tenant in tenants)
        {
            await Execute(connection, "select set_config('crm.tenant', $1, true)", cancel, $"{tenant}");
            foreach (var step in PutInPlace)
                await Execute(connection, step, cancel, tenant, mark.Source);
        }
        await transaction.CommitAsync(cancel);
    }

    private async Task<List<Guid>> Tenants(string source, CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(
            """
            select tenant from copy where split_part(record, '.', 1) = $1
            union select tenant from copy_anew where split_part(record, '.', 1) = $1
            """);
        command.Parameters.Add(new() { Value = source });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var tenants = new List<Guid>();
        while (await row.ReadAsync(cancel))
            tenants.Add(row.GetGuid(0));
        return tenants;
    }

    private static Guid Id(IncomingEvent mark) => mark.Rebuild ?? throw new Unreadable($"The header {Header} is missing.");

    private static async Task<int> Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
