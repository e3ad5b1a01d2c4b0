using CrmPlatform.Journal.Relay;
using Npgsql;

namespace CrmPlatform.Journal.Chain;

/// <summary>What a proof of one service's journal found.</summary>
/// <param name="Entries">How many entries the chain holds.</param>
/// <param name="Anchors">How many anchors were held against it.</param>
/// <param name="Findings">What is not as it was told, each in a sentence that names it; empty when everything is.</param>
public sealed record Proof(long Entries, int Anchors, IReadOnlyList<string> Findings);

/// <summary>
/// Recomputes the chain from the journal. An entry edited, deleted or moved breaks the hash at its position; a tail cut off or rewritten
/// with fresh hashes is found by the anchors, which live outside the database.
/// </summary>
public static class Verify
{
    private const int MostFindings = 100;

    /// <summary>Reads the whole chain of a service in one pass with flat memory.</summary>
    public static async Task<Proof> Run(NpgsqlDataSource ops, IReadOnlyList<Anchor> anchors, CancellationToken cancel)
    {
        var findings = new List<string>();
        var due = new Queue<Anchor>(anchors.OrderBy(a => a.Position));
        if (anchors.Count(a => !a.Genuine) is > 0 and var forged)
            findings.Add($"{forged} of {anchors.Count} anchors have no valid signature.");

        await using var connection = await ops.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var head = await Links(connection, due, findings, cancel);
        findings.AddRange(due.Where(a => a.Genuine).Take(1).Select(a =>
            $"The tail is gone: the chain ends at position {head.Position}, yet the anchor of {a.At:O} knows position {a.Position}."));
        await Strays(connection, findings, cancel);
        return new Proof(head.Position, anchors.Count, findings);
    }

    private static async Task<ChainHead> Links(NpgsqlConnection connection, Queue<Anchor> due, List<string> findings, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select c.position, c.entry, c.hash, {Entry.Columns} from chain c left join journal j on j.entry = c.entry order by c.position",
            connection)
        { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancel);

        var head = ChainHead.Empty;
        var (last, said) = (0L, 0);
        while (await row.ReadAsync(cancel))
        {
            var link = new ChainHead(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
            if (link.Position != head.Position + 1)
                Say($"Positions {head.Position + 1} to {link.Position - 1} are missing from the chain.");
            if (await row.IsDBNullAsync(3, cancel))
                Say($"Position {link.Position}: entry {link.Entry} was deleted from the journal.");
            else if (Entry.Read(row, from: 3) is var entry && !entry.Hash(head.Hash).AsSpan().SequenceEqual(link.Hash))
                Say($"Position {link.Position}: entry {link.Entry} ({entry.Type}, {entry.Record} {entry.RecordId}, version {entry.Version}) "
                    + (link.Entry < last ? "stands where another stood." : "is not what was told: edited, or moved."));
            while (due.TryPeek(out var anchor) && anchor.Position <= link.Position)
                if (due.Dequeue() is { Genuine: true } && (anchor.Position < link.Position || !anchor.Hash.AsSpan().SequenceEqual(link.Hash)))
                    Say($"Position {anchor.Position} was rewritten: the anchor of {anchor.At:O} holds another hash for it.");
            (head, last) = (link, link.Entry);
        }
        return head;

        void Say(string finding)
        {
            if (++said <= MostFindings)
                findings.Add(finding);
        }
    }

    // Every entry is either told (in the chain) or still to be told (in the outbox), and a record's versions have no gap.
    private static async Task Strays(NpgsqlConnection connection, List<string> findings, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            (select format('Entry %s (%s, %s %s, version %s) is neither in the chain nor still to be told.', entry, type, record, record_id, version)
             from journal j
             where not exists (select 1 from chain c where c.entry = j.entry) and not exists (select 1 from outbox o where o.entry = j.entry)
             order by entry limit {MostFindings})
            union all
            (select format('Entry %s is still to be told, but was deleted from the journal.', entry)
             from outbox o where not exists (select 1 from journal j where j.entry = o.entry) order by entry limit {MostFindings})
            union all
            (select format('The history of %s %s has gaps: %s entries, last version %s.', min(record), record_id, count(*), max(version))
             from journal group by tenant, record_id having count(*) <> max(version) limit {MostFindings})
            """,
            connection)
        { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            findings.Add(row.GetString(0));
    }
}
