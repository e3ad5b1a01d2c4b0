using Npgsql;
using NpgsqlTypes;

namespace CrmPlatform.Journal.Intake;

/// <summary>One row of the table of parked events, as far as the service may see it.</summary>
internal sealed record WaitingRow(Guid Id, Guid RecordId, int Version, string State, int Attempts);

/// <summary>Who waits for whom: the rows of the table <c>parked</c> as runs read and write them.</summary>
internal sealed class Waiting(NpgsqlDataSource data, TimeProvider clock)
{
    public const string Retrying = "retrying", Parked = "parked";

    private const string Columns = "id, tenant, record_id, version, type, state, attempts, error, headers, body, since, changed";

    private const string FailedSql =
        $"""
        insert into parked ({Columns}) values ($1, $2, $3, $4, $5, case when $10 > 1 then 'retrying' else 'parked' end, 1, $6, $7, $8, $9, $9)
        on conflict (id) do update set
            attempts = parked.attempts + 1, state = case when $10 > parked.attempts + 1 then 'retrying' else 'parked' end, error = $6, changed = $9
        returning id, record_id, version, state, attempts
        """;

    private const string BehindSql =
        $"""
        insert into parked ({Columns}) values ($1, $2, $3, $4, $5, $10, 0, $6, $7, $8, $9, $9)
        on conflict (id) do update set state = $10, error = $6, changed = $9
        """;

    /// <summary>All rows of a record, lowest version first.</summary>
    public async Task<List<WaitingRow>> Of(Guid recordId, CancellationToken cancel)
    {
        await using var command = data.CreateCommand(
            "select id, record_id, version, state, attempts from parked where record_id = $1 order by version");
        command.Parameters.Add(new() { Value = recordId });
        return await Rows(command, cancel);
    }

    /// <summary>An attempt failed. Says how many did by now and whether it may be tried again.</summary>
    public async Task<WaitingRow> Failed(Delivery delivery, string error, int mostAttempts, CancellationToken cancel)
    {
        await using var command = data.CreateCommand(FailedSql);
        Fill(command.Parameters, delivery, error);
        command.Parameters.Add(new() { Value = mostAttempts });
        return (await Rows(command, cancel))[0];
    }

    /// <summary>Events that stay behind others of their record.</summary>
    public async Task Behind(IReadOnlyList<(Delivery Delivery, Guid Head, string State)> followers, CancellationToken cancel)
    {
        await using var batch = data.CreateBatch();
        foreach (var (delivery, head, state) in followers)
        {
            var command = new NpgsqlBatchCommand(BehindSql);
            Fill(command.Parameters, delivery, $"waits behind {head}");
            command.Parameters.Add(new() { Value = state });
            batch.BatchCommands.Add(command);
        }
        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseAway(e);
        }
    }

    private void Fill(NpgsqlParameterCollection parameters, Delivery delivery, string error)
    {
        var e = delivery.Event;
        foreach (var value in (ReadOnlySpan<object>)[e.Id, e.Tenant, e.RecordId, e.Version, e.Type, error.Replace("\0", "")])
            parameters.Add(new() { Value = value });
        parameters.Add(new() { Value = Headers.ToJson(delivery.Properties), NpgsqlDbType = NpgsqlDbType.Jsonb });
        parameters.Add(new() { Value = e.Body.ToArray() });
        parameters.Add(new() { Value = clock.GetUtcNow() });
    }

    private static async Task<List<WaitingRow>> Rows(NpgsqlCommand command, CancellationToken cancel)
    {
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<WaitingRow>();
            while (await reader.ReadAsync(cancel))
                rows.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt32(4)));
            return rows;
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseAway(e);
        }
    }
}
