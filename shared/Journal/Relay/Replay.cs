using Npgsql;

namespace CrmPlatform.Journal.Relay;

/// <summary>
/// Tells again, in the order of the chain, to one queue: for a subscriber that came late, or lost what it had. Who has applied an entry
/// already drops it; the journal reaches further back than the stream.
/// </summary>
public static class Replay
{
    private const int BatchSize = 1000;

    /// <summary>Publishes entries from a position or a time on to a queue, and says how many.</summary>
    public static async Task<long> Run(
        string service, NpgsqlDataSource ops, Broker broker, string queue, long fromPosition, DateTimeOffset since, CancellationToken cancel)
    {
        var (position, told) = (fromPosition - 1, 0L);
        while (true)
        {
            var batch = new List<(long Position, Entry Entry)>();
            await using (var command = ops.CreateCommand(
                $"""
                select c.position, {Entry.Columns} from chain c join journal j on j.entry = c.entry
                where c.position > $1 order by c.position limit $2
                """))
            {
                command.Parameters.Add(new() { Value = position });
                command.Parameters.Add(new() { Value = BatchSize });
                await using var row = await command.ExecuteReaderAsync(cancel);
                while (await row.ReadAsync(cancel))
                    batch.Add((row.GetInt64(0), Entry.Read(row, from: 1)));
            }
            if (batch.Count == 0)
                return told;
            Message[] messages = [.. batch.Where(b => b.Entry.At >= since).Select(b => b.Entry.ToMessage(service, exchange: "", queue))];
            await broker.Publish(messages, cancel);
            (position, told) = (batch[^1].Position, told + messages.Length);
        }
    }
}
