namespace CrmPlatform.Hosting.Telemetry;

/// <summary>One line of numbers: a metric with one set of labels. Written by any thread without a lock.</summary>
internal sealed class Series(string labels, string? pool, double[]? bounds)
{
    private readonly long[] buckets = bounds is null ? [] : new long[bounds.Length + 1];
    private double sum;

    /// <summary><c>a="x",b="y"</c>, escaped, in alphabetical order, without braces.</summary>
    public string Labels { get; } = labels;

    /// <summary>The database pool the series tells of, if any: it decides whose page shows it.</summary>
    public string? Pool { get; } = pool;

    /// <summary>False for a series that its observable instrument no longer reports.</summary>
    public bool Fresh { get; private set; } = true;

    public double Value => Volatile.Read(ref sum);

    public void Forget() => Fresh = false;

    public void Set(double value)
    {
        Volatile.Write(ref sum, value);
        Fresh = true;
    }

    public void Add(double value)
    {
        for (var seen = Volatile.Read(ref sum); ;)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (before.Equals(seen)) return;
            seen = before;
        }
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds!.Length && value > bounds[bucket]) bucket++;
        Interlocked.Increment(ref buckets[bucket]);
        Add(value);
    }

    /// <summary>Fills in how many values were at or below each bound, and returns how many there were at all.</summary>
    public long Cumulate(Span<long> atOrBelow)
    {
        long total = 0;
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            total += Volatile.Read(ref buckets[bucket]);
            if (bucket < atOrBelow.Length) atOrBelow[bucket] = total;
        }

        return total;
    }
}
