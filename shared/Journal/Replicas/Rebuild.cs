using CrmPlatform.Journal.Relay;
using Npgsql;

namespace CrmPlatform.Journal.Replicas;

/// <summary>
/// Makes the copies that a service keeps of another one's records anew from that one's journal, while both go on:
/// <code>
///   queue of the service:  … live, live │begins│ told again, live, told again, live … │ends│ live …
///   copy (what is read)      ◀── live ──────────────── live ────────────────────────── ▲
///   copy_anew                            ◀─ told again and live, newest field wins ────┘ one transaction
/// </code>
/// An entry that is committed before it would be read is told again; one that is committed later is told live behind the first mark. Nothing is between.
/// </summary>
public static class Rebuild
{
    private const int BatchSize = 1000;

    // What is told again waits while more than this is in the queue: what happens meanwhile is not to stand behind all of it.
    private const uint MostInQueue = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Rebuilds what a service has of a source, and returns how many entries were told again once its copies are in place.</summary>
    /// <param name="parts">The service whose copies are rebuilt; it has to run.</param>
    /// <param name="source">The service whose records they are copies of.</param>
    /// <param name="sourceOps">The source's database, as its ops tasks see it.</param>
    /// <param name="ops">The database of the service, likewise.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="cancel">Stops it; what was read before stays until it is begun again and ended.</param>
    public static async Task<long> Run(
        JournalParts parts, string source, NpgsqlDataSource sourceOps, NpgsqlDataSource ops, Broker broker, TimeProvider clock, CancellationToken cancel)
    {
        var records = parts.Heard.Copies.Where(c => c.Source == source).Select(c => c.Record[(source.Length + 1)..]).Distinct().ToArray();
        if (records.Length == 0)
            throw new ArgumentException($"{parts.Service} keeps no copies of records of {source}.", nameof(source));

        var rebuild = Guid.CreateVersion7(clock.GetUtcNow());
        await broker.Publish([Marks.Of(rebuild, source, parts.Service, begins: true, clock.GetUtcNow())], cancel);
        var (entry, told) = (0L, 0L);
        while (await Next(sourceOps, records, entry, cancel) is [.., var last] entries)
        {
            while (await broker.Ask(channel => channel.MessageCountAsync(parts.Service, cancel), cancel) > MostInQueue)
                await Task.Delay(Pause, clock, cancel);
            await broker.Publish([.. entries.Select(e => Again(e, source, parts.Service, rebuild))], cancel);
            (entry, told) = (last.Number, told + entries.Count);
        }
        await broker.Publish([Marks.Of(rebuild, source, parts.Service, begins: false, clock.GetUtcNow())], cancel);
        while (!await Ended(ops, source, rebuild, cancel))
            await Task.Delay(Pause, clock, cancel);
        return told;
    }

    private static Message Again(Entry entry, string source, string queue, Guid rebuild)
    {
        var message = entry.ToMessage(source, exchange: "", queue);
        message.Properties.Headers![Marks.Header] = $"{rebuild}";
        return message;
    }

    private static async Task<List<Entry>> Next(NpgsqlDataSource source, string[] records, long after, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select {Entry.Columns} from journal j where j.entry > $1 and j.record = any($2) order by j.entry limit $3");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = records });
        command.Parameters.Add(new() { Value = BatchSize });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var entries = new List<Entry>();
        while (await row.ReadAsync(cancel))
            entries.Add(Entry.Read(row));
        return entries;
    }

    // One that was begun after this has ended this too: it is told at once, not waited for.
    private static async Task<bool> Ended(NpgsqlDataSource ops, string source, Guid rebuild, CancellationToken cancel)
    {
        await using var command = ops.CreateCommand("select rebuild, rebuild_ended from replica where source = $1 and rebuild >= $2");
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = rebuild });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return false;
        return row.GetGuid(0) == rebuild ? !row.IsDBNull(1) : throw new InvalidOperationException("Another rebuilding of the same copies has begun since.");
    }
}
