using System.Collections.Concurrent;

namespace CrmPlatform.Journal.Roles;

/// <summary>
/// What was found out a moment ago. When it is too old one asks again and the others wait for that answer; whoever asks is given what was known
/// before, to keep what has not changed.
/// </summary>
internal sealed class Lately<TKey, TValue>(TimeProvider clock, TimeSpan fresh, Func<TKey, TValue?, Task<TValue>> ask, int most = 100_000)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    public ValueTask<TValue> Of(TKey key, CancellationToken cancel) =>
        entries.TryGetValue(key, out var here) && here is { IsForgotten: false, Known: { } known } && clock.GetElapsedTime(here.Since) <= fresh
            ? new(known) : Asked(key, cancel);

    private async ValueTask<TValue> Asked(TKey key, CancellationToken cancel)
    {
        Entry next;
        while (true)
        {
            var here = entries.GetValueOrDefault(key);
            if (here is { IsForgotten: false } && clock.GetElapsedTime(here.Since) <= fresh)
            {
                if (here.Known is { } known)
                    return known;
                next = here;
                break;
            }
            var before = here?.Known ?? here?.Before;
            next = new Entry(clock.GetTimestamp(), before, new(() => ask(key, before)));
            if (here is null ? entries.TryAdd(key, next) : entries.TryUpdate(key, next, here))
                break;
        }
        try
        {
            return next.Known = await next.Asked.Value.WaitAsync(cancel);
        }
        catch when (next.Asked.Value.IsCompleted && !next.Asked.Value.IsCompletedSuccessfully)
        {
            entries.TryRemove(KeyValuePair.Create(key, next)); // whoever comes next asks again
            throw;
        }
        finally
        {
            if (entries.Count > most)
                Clear();
        }
    }

    /// <summary>What was found out holds no longer, nor what is being found out right now.</summary>
    public void Forget(TKey key)
    {
        if (entries.TryGetValue(key, out var entry))
            entry.IsForgotten = true;
    }

    private void Clear()
    {
        foreach (var entry in entries.Where(e => clock.GetElapsedTime(e.Value.Since) > fresh))
            entries.TryRemove(entry);
    }

    private sealed class Entry(long since, TValue? before, Lazy<Task<TValue>> asked)
    {
        private volatile bool forgotten;
        private volatile TValue? known;

        public long Since => since;

        public TValue? Before => before;

        public Lazy<Task<TValue>> Asked => asked;

        public TValue? Known
        {
            get => known;
            set => known = value;
        }

        public bool IsForgotten
        {
            get => forgotten;
            set => forgotten = value;
        }
    }
}
