using CrmPlatform.SystemTests.Load;

namespace CrmPlatform.SystemTests.Proof;

/// <summary>One event as a subscriber got it.</summary>
internal readonly record struct Told(Guid Event, Guid Record, int Version);

/// <summary>One entry as the journal holds it.</summary>
internal sealed record Kept(Guid Event, string Type, Guid Record, int Version, string Data);

/// <summary>
/// What "nothing lost, nothing twice, in order" means, each as a question to lists that any run can fill; the answer is a sentence for each
/// thing that is wrong. The tests with planted bugs ask the same questions.
/// </summary>
internal static class Checks
{
    /// <summary>Every acknowledged change is in the journal, as the version and with the content acknowledged; and nothing else is.</summary>
    public static IEnumerable<string> Acknowledged(IReadOnlyCollection<Write> writes, IReadOnlyCollection<Kept> journal)
    {
        var entries = journal.ToDictionary(k => (k.Record, k.Version));
        foreach (var write in writes)
            if (!entries.Remove((write.Record, write.Version), out var entry))
                yield return $"Acknowledged, but not in the journal (or acknowledged twice): {write}";
            else if (entry.Type != write.Type || !entry.Data.Contains(write.Mark, StringComparison.Ordinal))
                yield return $"Acknowledged was {write}, in the journal is {entry}";
        foreach (var entry in entries.Values)
            yield return $"In the journal, but nobody wanted it: {entry}";
    }

    /// <summary>Every record is at the version of its last entry.</summary>
    public static IEnumerable<string> Current(IReadOnlyDictionary<Guid, int> rows, IReadOnlyCollection<Kept> journal) =>
        from record in journal.GroupBy(k => k.Record, k => k.Version)
        let version = rows.GetValueOrDefault(record.Key)
        where version != record.Max()
        select $"Record {record.Key} is at version {version}, its journal at {record.Max()}.";

    /// <summary>What the journal holds was told, and nothing else.</summary>
    public static IEnumerable<string> ToldAll(IEnumerable<Guid> journal, IEnumerable<Told> told)
    {
        var (kept, heard) = (journal.ToHashSet(), told.Select(t => t.Event).ToHashSet());
        return kept.Except(heard).Select(e => $"Event {e} is in the journal and was never told.")
            .Concat(heard.Except(kept).Select(e => $"Event {e} was told and is not in the journal."));
    }

    /// <summary>Once repetitions are dropped, a subscriber hears of each record version 1, 2, 3 … without a gap.</summary>
    public static IEnumerable<string> Order(IEnumerable<Told> told)
    {
        var (known, last) = (new HashSet<Guid>(), new Dictionary<Guid, int>());
        foreach (var (id, record, version) in told)
        {
            if (!known.Add(id))
                continue;
            if (version != last.GetValueOrDefault(record) + 1)
                yield return $"Record {record}: version {version} came after version {last.GetValueOrDefault(record)}.";
            last[record] = version;
        }
    }

    /// <summary>Each version of each record was applied, and once.</summary>
    public static IEnumerable<string> AppliedOnce(IEnumerable<(Guid Record, int Version)> journal, IEnumerable<(Guid Record, int Version)> applied)
    {
        var times = applied.CountBy(a => a).ToDictionary();
        foreach (var version in journal)
            if (!times.Remove(version, out var count))
                yield return $"Never applied: {version}";
            else if (count > 1)
                yield return $"Applied {count} times: {version}";
        foreach (var (version, _) in times)
            yield return $"Applied, though it never happened: {version}";
    }

    /// <summary>The copy is the source, row by row and field by field.</summary>
    public static IEnumerable<string> Same(IReadOnlyDictionary<Guid, string> source, IReadOnlyDictionary<Guid, string> copy) =>
        from id in source.Keys.Union(copy.Keys)
        let pair = (Source: source.GetValueOrDefault(id), Copy: copy.GetValueOrDefault(id))
        where pair.Source != pair.Copy
        select $"Record {id} is {pair.Source ?? "not there"}, its copy is {pair.Copy ?? "not there"}.";
}
