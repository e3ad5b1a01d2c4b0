using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Audit;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal;

/// <summary>What undoing an operation did.</summary>
/// <param name="Operation">The operation that was taken back.</param>
/// <param name="UndoneBy">The operation that took it back; undo this one to have the changes again.</param>
/// <param name="Records">How many records were changed back.</param>
/// <param name="Kept">What was left as it is, because it has changed since.</param>
public sealed record Undone(Guid Operation, Guid UndoneBy, int Records, IReadOnlyList<UndoConflict> Kept);

/// <summary>A field that somebody has changed since the operation, or that the caller may not change back: then without values.</summary>
/// <param name="Record">The record type.</param>
/// <param name="Id">The record, or null for one that the caller does not see.</param>
/// <param name="Field">The field, or null for the record as a whole and for what of it the caller does not see.</param>
/// <param name="Before">Its value before the operation.</param>
/// <param name="Wrote">The value the operation wrote.</param>
/// <param name="Now">Its value now.</param>
public sealed record UndoConflict(string Record, Guid? Id, string? Field, JsonElement? Before, JsonElement? Wrote, JsonElement? Now);

/// <summary>
/// Takes an operation back by writing compensating changes, entry for entry a new one: nothing is removed from the journal, and an undo is
/// an operation that can be undone. A field that changed since is a conflict: everything is refused, or on demand that field is kept. So is what the
/// caller may not do: whoever undoes needs what doing the reverse needs.
/// </summary>
public static class Undo
{
    private const int Chunk = 1000;
    private const int MostConflicts = 1000; // shown; who has changed more than that since needs no list of it

    /// <summary>Undoes an operation inside the caller's session, as its actor. Memory stays flat however much it did.</summary>
    public static async Task<Undone> Run(Session session, Guid operation, bool keepChanged)
    {
        await RefuseRunning(session, operation);
        await session.Run(
            """
            declare undone no scroll cursor for select record, record_id, version, data::text from journal
            where tenant = $1 and operation = $2 order by record, record_id, version
            """,
            session.Cause.Tenant, operation);
        await session.Defer();
        var outcome = new Outcome();
        await foreach (var chunk in Effects(session))
        {
            await TakeBack(session, chunk, operation, outcome);
            if (!keepChanged && outcome.Conflicts.Count >= MostConflicts)
                break;
        }
        await session.Run("close undone");
        if (!outcome.IsFound)
            throw new Refusal(404, "not_found", $"There is no operation {operation} here.");
        if (outcome.Conflicts.Count > 0 && !keepChanged)
            throw new Refusal(409, "changed_since", "Some fields have changed since; nothing was undone. Repeat with keepChanged to undo the rest.")
            {
                Facts = new Dictionary<string, object?> { ["conflicts"] = outcome.Conflicts.Take(MostConflicts) },
            };
        return new Undone(operation, session.Cause.Operation, outcome.Changed, [.. outcome.Conflicts.Take(MostConflicts)]);
    }

    private static async Task RefuseRunning(Session session, Guid operation)
    {
        var running = await session.Read(
            "select 1 from job where tenant = $1 and operation = $2 and state in ('queued', 'running')", row => row.GetInt32(0),
            session.Cause.Tenant, operation);
        if (running.Count > 0)
            throw new Refusal(409, "still_running", "The operation is still running; cancel it or let it end, then undo it.");
    }

    // Always in the order of their ids, so that two who undo wait for each other instead of for ever.
    private static async Task TakeBack(Session session, IReadOnlyList<Effect> chunk, Guid operation, Outcome outcome)
    {
        foreach (var sameType in chunk.GroupBy(e => e.Type))
        {
            var current = (await session.LockAll(sameType.Key, [.. sameType.Select(e => e.Id)])).ToDictionary(r => r.Id);
            var seen = await session.Reach(sameType.Key, Deed.Read);
            foreach (var effect in sameType)
                if (!current.TryGetValue(effect.Id, out var now))
                    outcome.IsFound = true; // and gone for good
                else if (!seen.Includes(now))
                    outcome.Conflicts.Add(new UndoConflict(effect.Type.Name, null, null, null, null, null));
                else if (await TakeBack(session, effect, now, operation, outcome))
                    outcome.Changed++;
        }
    }

    private static async Task<bool> TakeBack(Session session, Effect effect, Record now, Guid operation, Outcome outcome)
    {
        outcome.IsFound = true;
        foreach (var deed in effect.Reverse)
            if (!(await session.Reach(effect.Type, deed)).Includes(now))
            {
                outcome.Conflicts.Add(new UndoConflict(effect.Type.Name, effect.Id, null, null, null, null));
                return false;
            }
        var changedSince = outcome.Conflicts.Count;
        var (back, sight) = (new Dictionary<string, JsonElement>(), await session.Sight(effect.Type));
        foreach (var name in effect.Names(now))
        {
            var (old, wrote) = effect.Wrote(name);
            var value = effect.Type.Value(now, name);
            var isOurs = effect.Type.Same(name, value, wrote);
            if (isOurs && (effect.Created || sight[name] == FieldRight.Full))
                back[name] = old;
            else if (effect.Created || !effect.Type.Same(name, value, old))
                outcome.Conflicts.Add(sight.Shows(name) ? new UndoConflict(effect.Type.Name, effect.Id, name, old, wrote, value)
                    : new UndoConflict(effect.Type.Name, effect.Id, sight.Knows(name) ? name : null, null, null, null));
        }
        if (effect.Created && outcome.Conflicts.Count > changedSince)
            return false; // somebody has worked on it since: it is not only ours to remove

        var after = effect.Created ? now : effect.Type.With(now, back);
        if ((now.DeletedAt is not null) == effect.TrashedAfter)
            after = after with { DeletedAt = effect.TrashedBefore ? now.DeletedAt ?? session.Now : null };
        return !ReferenceEquals(await session.Write(effect.Type, now, after, null, operation), now);
    }

    // The last effect of what was fetched may go on in what comes next.
    private static async IAsyncEnumerable<IReadOnlyList<Effect>> Effects(Session session)
    {
        var effects = new List<Effect>();
        while (true)
        {
            var rows = await session.Read(
                $"fetch {Chunk} from undone",
                row => (Record: row.GetString(0), Id: row.GetGuid(1), Version: row.GetInt32(2), Data: row.GetString(3)));
            foreach (var row in rows)
            {
                if (row.Record is Looks.Export or Looks.Reading or Looks.Refusal)
                    continue; // nothing was changed
                if (effects is not [.., var effect] || effect.Id != row.Id || effect.Type.Name != row.Record)
                    effects.Add(effect = new Effect(session.TypeOf(row.Record), row.Id, row.Version == 1));
                effect.Add(JsonSerializer.Deserialize<EntryData>(row.Data, Changes.Json)!);
            }
            var whole = rows.Count < Chunk || effects.Count == 0 ? effects : effects[..^1];
            if (whole.Count > 0)
                yield return whole;
            if (rows.Count < Chunk)
                yield break;
            effects = effects is [.., var open] ? [open] : [];
        }
    }

    private sealed class Outcome
    {
        public bool IsFound { get; set; }

        public int Changed { get; set; }

        public List<UndoConflict> Conflicts { get; } = [];
    }

    /// <summary>What an operation did to one record in the end: first old value to last new value of each field.</summary>
    private sealed class Effect
    {
        private static readonly JsonElement Empty = JsonSerializer.SerializeToElement<object?>(null);

        private readonly Dictionary<string, FieldChange> changes = [];
        private bool moved;

        public Effect(RecordType type, Guid id, bool created) => (Type, Id, Created, TrashedBefore) = (type, id, created, created);

        public RecordType Type { get; }

        public Guid Id { get; }

        public bool Created { get; }

        // A record that the operation created was not there before, which for people is the same as in the trash.
        public bool TrashedBefore { get; private set; }

        public bool TrashedAfter { get; private set; }

        /// <summary>What taking it back is.</summary>
        public IEnumerable<Deed> Reverse => [.. Created || moved ? (Deed[])[Deed.Delete] : [], .. !Created && changes.Count > 0 ? (Deed[])[Deed.Update] : []];

        public void Add(EntryData data)
        {
            foreach (var (name, change) in data.Changes ?? [])
                changes[name] = new FieldChange(changes.TryGetValue(name, out var known) ? known.Old : change.Old, change.New);
            if (data.Trashed is not { } trashed)
                return;
            TrashedBefore = moved || Created ? TrashedBefore : !trashed;
            TrashedAfter = trashed;
            moved = true;
        }

        /// <summary>The fields it wrote; a field left empty at creation counts as written.</summary>
        public IEnumerable<string> Names(Record now) => Created ? Type.Names(now).Union(changes.Keys) : changes.Keys;

        /// <summary>The values it found and left in a field.</summary>
        public (JsonElement Old, JsonElement Wrote) Wrote(string name) => changes.TryGetValue(name, out var change) ? (change.Old, change.New) : (Empty, Empty);
    }
}
