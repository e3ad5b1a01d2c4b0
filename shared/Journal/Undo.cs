using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal;

/// <summary>What undoing an operation did.</summary>
/// <param name="Operation">The operation that was taken back.</param>
/// <param name="UndoneBy">The operation that took it back; undo this one to have the changes again.</param>
/// <param name="Records">How many records were changed back.</param>
/// <param name="Kept">What was left as it is, because it has changed since.</param>
public sealed record Undone(Guid Operation, Guid UndoneBy, int Records, IReadOnlyList<UndoConflict> Kept);

/// <summary>A field that somebody has changed since the operation.</summary>
/// <param name="Record">The record type.</param>
/// <param name="Id">The record.</param>
/// <param name="Field">The field, or null for the record as a whole.</param>
/// <param name="Before">Its value before the operation.</param>
/// <param name="Wrote">The value the operation wrote.</param>
/// <param name="Now">Its value now.</param>
public sealed record UndoConflict(string Record, Guid Id, string? Field, JsonElement? Before, JsonElement? Wrote, JsonElement? Now);

/// <summary>
/// Takes an operation back by writing compensating changes, entry for entry a new one: nothing is removed from the journal, and an undo is
/// an operation that can be undone. A field that changed since is a conflict: everything is refused, or on demand that field is kept.
/// </summary>
public static class Undo
{
    private const int Chunk = 500;

    /// <summary>Undoes an operation inside the caller's session, as its actor.</summary>
    public static async Task<Undone> Run(Session session, Guid operation, bool keepChanged)
    {
        var effects = await Effects(session, operation);
        if (effects.Count == 0)
            throw new Refusal(404, "not_found", $"There is no operation {operation} here.");

        await session.Defer();
        var (conflicts, changed) = (new List<UndoConflict>(), 0);
        foreach (var sameType in effects.GroupBy(e => e.Type))
            foreach (var chunk in sameType.OrderBy(e => e.Id).Chunk(Chunk))
            {
                var current = (await session.LockAll(sameType.Key, [.. chunk.Select(e => e.Id)])).ToDictionary(r => r.Id);
                foreach (var effect in chunk.Where(e => current.ContainsKey(e.Id)))
                    if (await TakeBack(session, effect, current[effect.Id], operation, conflicts))
                        changed++;
            }

        if (conflicts.Count > 0 && !keepChanged)
            throw new Refusal(409, "changed_since", "Some fields have changed since; nothing was undone. Repeat with keepChanged to undo the rest.")
            {
                Facts = new Dictionary<string, object?> { ["conflicts"] = conflicts },
            };
        return new Undone(operation, session.Cause.Operation, changed, conflicts);
    }

    private static async Task<bool> TakeBack(Session session, Effect effect, Record now, Guid operation, List<UndoConflict> conflicts)
    {
        var changedSince = conflicts.Count;
        var back = new Dictionary<string, JsonElement>();
        foreach (var name in effect.Names(now))
        {
            var (old, wrote) = effect.Wrote(name);
            var value = effect.Type.Value(now, name);
            if (effect.Type.Same(name, value, wrote))
                back[name] = old;
            else if (effect.Created || !effect.Type.Same(name, value, old))
                conflicts.Add(new UndoConflict(effect.Type.Name, effect.Id, name, old, wrote, value));
        }
        if (effect.Created && conflicts.Count > changedSince)
            return false; // somebody has worked on it since: it is not only ours to remove

        var after = effect.Created ? now : effect.Type.With(now, back);
        if ((now.DeletedAt is not null) == effect.TrashedAfter)
            after = after with { DeletedAt = effect.TrashedBefore ? now.DeletedAt ?? session.Now : null };
        return !ReferenceEquals(await session.Write(effect.Type, now, after, null, operation), now);
    }

    private static async Task<List<Effect>> Effects(Session session, Guid operation)
    {
        var rows = await session.Read(
            "select record, record_id, version, data::text from journal where tenant = $1 and operation = $2 order by record_id, version",
            row => (Record: row.GetString(0), Id: row.GetGuid(1), Version: row.GetInt32(2), Data: row.GetString(3)),
            session.Cause.Tenant, operation);

        var effects = new Dictionary<Guid, Effect>();
        foreach (var row in rows)
        {
            var data = JsonSerializer.Deserialize<EntryData>(row.Data, Changes.Json)!;
            if (!effects.TryGetValue(row.Id, out var effect))
                effects[row.Id] = effect = new Effect(session.TypeOf(row.Record), row.Id, row.Version == 1);
            effect.Add(data);
        }
        return [.. effects.Values];
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
