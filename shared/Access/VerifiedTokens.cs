using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace CrmPlatform.Access;

/// <summary>Verdicts on tokens whose signature has been verified, so that it is not computed again for each request.</summary>
/// <remarks>
/// Bounded by two halves: when the young half is full it becomes the old one and the old one goes. What is asked for moves to the
/// young half again, so what is in use stays. Only valid tokens come in, so nobody without tokens can push others out.
/// </remarks>
internal sealed class VerifiedTokens(int capacity)
{
    private readonly Lock turning = new();
    private readonly int half = Math.Max(1, capacity / 2);
    private volatile Half young = new();
    private volatile Half old = new();

    public int Count => young.Entries.Count + old.Entries.Count;

    public Verdict? Find(Fingerprint fingerprint, DateTimeOffset now)
    {
        var found = young.Entries.TryGetValue(fingerprint, out var entry);
        if (!found && old.Entries.TryRemove(fingerprint, out entry))
        {
            found = true;
            Keep(fingerprint, entry.Verdict, entry.Ends);
        }

        return found && now < entry.Ends ? entry.Verdict : null;
    }

    public void Keep(Fingerprint fingerprint, Verdict verdict, DateTimeOffset ends)
    {
        var place = young;
        if (!place.Entries.TryAdd(fingerprint, new Entry(verdict, ends)) || Interlocked.Increment(ref place.Added) < half)
            return;
        lock (turning)
        {
            if (!ReferenceEquals(place, young))
                return;
            old = place;
            young = new Half();
        }
    }

    private readonly record struct Entry(Verdict Verdict, DateTimeOffset Ends);

    private sealed class Half
    {
        public readonly ConcurrentDictionary<Fingerprint, Entry> Entries = new();
        public int Added;
    }
}

/// <summary>The SHA-256 of a token: what is remembered of it cannot be used as one.</summary>
internal readonly record struct Fingerprint(UInt128 High, UInt128 Low)
{
    public Fingerprint(ReadOnlySpan<byte> hash)
        : this(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]))
    {
    }
}
