namespace CrmPlatform.Shared.Tests.Access;

/// <summary>A clock that moves when told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private long ticks = new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
