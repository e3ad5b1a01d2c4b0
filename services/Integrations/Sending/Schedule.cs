namespace CrmPlatform.Integrations.Sending;

/// <summary>When something that was not taken is tried again: at once, then after these times, a little later each so that not all come together.</summary>
internal static class Schedule
{
    /// <summary>How long after each try the next one follows.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Of a wait, how much longer it may be.</summary>
    public const double Jitter = 0.1;

    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <summary>How long to wait after so many tries; null when it was the last. Who asks for a longer wait gets it, up to a day.</summary>
    public static TimeSpan? After(int tries, TimeSpan? asked)
    {
        if (tries > Waits.Count)
            return null;
        var wait = Waits[tries - 1] * (1 + Jitter * Random.Shared.NextDouble());
        return asked is { } least && least > wait ? least < LongestAsked ? least : LongestAsked : wait;
    }
}
