namespace CrmPlatform.Shared.Tests.Access;

/// <summary>A clock that moves when told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public void Advance(TimeSpan by) => now += by;
}
