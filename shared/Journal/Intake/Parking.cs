using System.Text;
using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Journal.Relay;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// The events a service could not apply, for whoever operates it: look, send again, discard. An event that is sent again goes back into
/// the service's queue and through the same attempts as at first, in the order of its record.
/// </summary>
public sealed class Parking(string service, NpgsqlDataSource ops, Broker broker, TimeProvider clock, ILogger<Parking> log)
{
    private const string Columns = "id, tenant, record_id, version, type, state, attempts, error, since, changed, headers::text, body";

    /// <summary>How many events are being retried or wait behind one that is, and how many lie parked.</summary>
    public async Task<(long Retrying, long Parked)> Count(CancellationToken cancel)
    {
        await using var command = ops.CreateCommand(
            "select count(*) filter (where state = 'retrying'), count(*) filter (where state = 'parked') from parked");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The oldest events that did not go through, those being retried included.</summary>
    public Task<List<ParkedEvent>> List(int limit, CancellationToken cancel) =>
        Rows($"select {Columns} from parked order by since, record_id, version limit $1", cancel, limit);

    /// <summary>One event with headers and body, or null.</summary>
    public async Task<ParkedEvent?> Find(Guid id, CancellationToken cancel) =>
        (await Rows($"select {Columns} from parked where id = $1", cancel, id)).FirstOrDefault();

    /// <summary>Sends an event again, and those that wait behind it. Says how many were sent.</summary>
    public Task<int> Replay(Guid id, CancellationToken cancel) => Send(
        """
        id = $2 or attempts = 0 and exists (
            select from parked h where h.id = $2 and h.record_id = parked.record_id and h.version < parked.version)
        """, id, cancel);

    /// <summary>Sends all events of a record again.</summary>
    public Task<int> ReplayRecord(Guid recordId, CancellationToken cancel) => Send("record_id = $2", recordId, cancel);

    /// <summary>Sends everything again that lies parked.</summary>
    public Task<int> ReplayAll(CancellationToken cancel) => Send("state = $2", Waiting.Parked, cancel);

    /// <summary>Gives up on an event: it will never be applied. What waited behind it is sent again. Says whether there was such an event.</summary>
    public async Task<bool> Discard(Guid id, Actor by, string reason, CancellationToken cancel)
    {
        if ((await Rows($"delete from parked where id = $1 returning {Columns}", cancel, id)).FirstOrDefault() is not { } gone)
            return false;
        log.LogWarning(
            "{Event} {Id} of record {Record} (version {Version}) was discarded by {Actor}: {Reason}. Its last error: {Error}",
            gone.Type, gone.Id, gone.RecordId, gone.Version, by.Id, reason, gone.Error);
        await Send("record_id = $2 and attempts = 0", gone.RecordId, cancel);
        return true;
    }

    /// <summary>
    /// Sends again what has been on its way for far too long: its message is lost (a queue was purged, the broker lost its disk). One that is
    /// not lost after all is a duplicate, and harmless.
    /// </summary>
    internal Task<int> SendLost(TimeSpan silence, CancellationToken cancel) =>
        Send("state = 'retrying' and changed < $2", clock.GetUtcNow() - silence, cancel);

    // First the rows, then the messages: a message that comes while its row still says 'parked' would be taken for a stray copy.
    private async Task<int> Send(string which, object value, CancellationToken cancel)
    {
        var sent = await Rows(
            "update parked set attempts = case when state = 'parked' then 0 else attempts end, state = 'retrying', changed = $1 "
                + $"where {which} returning {Columns}",
            cancel, clock.GetUtcNow(), value);
        if (sent.Count > 0)
            await broker.Publish([.. sent.OrderBy(e => e.RecordId).ThenBy(e => e.Version).Select(ToMessage)], cancel);
        return sent.Count;
    }

    private Message ToMessage(ParkedEvent e) => new("", service, Headers.FromJson(e.Id, e.Headers), e.Content);

    private async Task<List<ParkedEvent>> Rows(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = ops.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<ParkedEvent>();
        while (await reader.ReadAsync(cancel))
            rows.Add(new ParkedEvent(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt32(3), reader.GetString(4), reader.GetString(5),
                reader.GetInt32(6), reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetFieldValue<DateTimeOffset>(9),
                JsonDocument.Parse(reader.GetString(10)).RootElement, reader.GetFieldValue<byte[]>(11)));
        return rows;
    }
}

/// <summary>An event that did not go through.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Tenant">Whose data it is about.</param>
/// <param name="RecordId">The record it happened to.</param>
/// <param name="Version">The record's version after it.</param>
/// <param name="Type">What happened.</param>
/// <param name="State"><c>retrying</c>: it comes again by itself; <c>parked</c>: somebody has to look.</param>
/// <param name="Attempts">How often it failed; 0 for one that only waits behind another.</param>
/// <param name="Error">The last error.</param>
/// <param name="Since">When it first failed.</param>
/// <param name="Changed">When it was last heard of.</param>
/// <param name="Headers">The headers of the message.</param>
/// <param name="Content">Its body, byte by byte.</param>
public sealed record ParkedEvent(
    Guid Id, Guid Tenant, Guid RecordId, int Version, string Type, string State, int Attempts, string Error, DateTimeOffset Since, DateTimeOffset Changed,
    JsonElement Headers, ReadOnlyMemory<byte> Content)
{
    /// <summary>The body as text.</summary>
    public string Body => Encoding.UTF8.GetString(Content.Span);
}
