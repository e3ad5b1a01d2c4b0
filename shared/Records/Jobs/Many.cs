using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Jobs;

/// <summary>What became of one of many: the record as it is now, or why it was refused.</summary>
internal sealed record Outcome(Record? Record, Refusal? Refusal);

/// <summary>
/// Does the same kind of thing to many records in one session, each standing or falling alone. First all together, as fast as it goes; should
/// the database refuse something, it is not known what, so all of it is taken back and done once more one by one.
/// </summary>
internal static class Many
{
    private const int MostTries = 3;

    /// <summary>An outcome for each item, in order. What is refused can be tried again: for what others have entered meanwhile.</summary>
    public static async Task<IReadOnlyList<Outcome>> Each<TItem>(
        Session session, IReadOnlyList<TItem> items, Func<Task<Held>> hold, Func<TItem, Held, Task<Record>> one, Func<TItem, Refusal, bool>? again = null)
    {
        var outcomes = new List<Outcome>(items.Count);
        var refusal = await session.Try(async () =>
        {
            var held = await hold();
            foreach (var item in items)
                outcomes.Add(await Cleanly(session, () => one(item, held)));
        });
        if (refusal is null)
            return outcomes;

        outcomes.Clear();
        var alone = Held.None(session);
        foreach (var item in items)
        {
            Record? record = null;
            var why = await session.Try(async () => record = await one(item, alone));
            for (var tries = 1; why is not null && tries < MostTries && again?.Invoke(item, why) == true; tries++)
                why = await session.Try(async () => record = await one(item, alone));
            outcomes.Add(new Outcome(why is null ? record : null, why));
        }
        return outcomes;
    }

    // What is refused after it has written part of it can only be taken back alone.
    private static async Task<Outcome> Cleanly(Session session, Func<Task<Record>> one)
    {
        var before = session.Appended;
        try
        {
            return new Outcome(await one(), null);
        }
        catch (Refusal refusal) when (session.Appended == before)
        {
            return new Outcome(null, refusal);
        }
    }
}

/// <summary>Records that are locked, as this session has left them.</summary>
internal sealed class Held(Session session, RecordType? type, Dictionary<Guid, Record>? known)
{
    private readonly Dictionary<string, Guid> made = [];
    private Dictionary<ExternalId, Guid> named = [];

    /// <summary>Remembers by which key a record was entered just now, for others that mean the same.</summary>
    public void Made(string? key, Guid id)
    {
        if (key is not null)
            made[key] = id;
    }

    /// <summary>The record that was entered just now by this key.</summary>
    public Guid? Made(string? key) => key is not null && made.TryGetValue(key, out var id) ? id : null;

    /// <summary>Locks these at once, in the order of their ids.</summary>
    public static async Task<Held> All(Session session, RecordType type, IEnumerable<Guid> ids) =>
        Of(session, type, ids.Distinct().ToArray() is { Length: > 0 } some ? await session.LockAll(type, some) : []);

    /// <summary>The same, with those that other systems call so.</summary>
    public static async Task<Held> All(Session session, RecordType type, IEnumerable<Guid> ids, IReadOnlyCollection<ExternalId> names)
    {
        var named = await ExternalNames.Find(session, type, names);
        var held = await All(session, type, ids.Concat(named.Values));
        held.named = named;
        return held;
    }

    /// <summary>The record that another system calls so, locked, whoever asks; null where there is none by now.</summary>
    public async Task<Record?> Find(RecordType of, ExternalId name)
    {
        if (known is not null)
            return named.TryGetValue(name, out var id) && known.TryGetValue(id, out var one) && IsCalled(one, name) ? one : null;
        return (await ExternalNames.Find(session, of, [name])).TryGetValue(name, out var found)
            ? (await session.LockAll(of, [found])).Find(r => IsCalled(r, name)) : null;
    }

    private static bool IsCalled(Record record, ExternalId name) => record.DeletedAt is null && record.ExternalIds.Contains(name);

    /// <summary>These are locked already.</summary>
    public static Held Of(Session session, RecordType type, IEnumerable<Record> locked) => new(session, type, locked.ToDictionary(r => r.Id));

    /// <summary>Nothing is: each is locked when it is its turn.</summary>
    public static Held None(Session session) => new(session, null, null);

    /// <summary>A locked record, refused when there is none or the deed is not allowed; the trash is looked into only on demand.</summary>
    public async Task<T> Lock<T>(Guid id, Deed deed, bool trashed = false)
        where T : Record
    {
        if (known is null)
            return await session.Lock<T>(id, trashed, deed);
        if (!known.TryGetValue(id, out var record) || record.DeletedAt is not null != trashed)
            throw Refusal.NotFound(type!.Name, id);
        await session.Allow(record, deed);
        return (T)record;
    }

    /// <summary>A record as it has just been written.</summary>
    public T Now<T>(T record)
        where T : Record
    {
        if (known is null)
            return record;
        known[record.Id] = record;
        foreach (var name in record.ExternalIds)
            named[name] = record.Id;
        return record;
    }
}
