using System.Globalization;

namespace CrmPlatform.Integrations.Tests.Faults;

/// <summary>A clock of several processes, by which hours pass when a test writes down that they have.</summary>
internal sealed class ClockFile(string path) : TimeProvider
{
    private const int FreshMs = 20;

    private long readAt = long.MinValue / 2, ticks;

    public void Pass(TimeSpan time)
    {
        ticks += time.Ticks;
        File.WriteAllText(path + ".new", ticks.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    public override DateTimeOffset GetUtcNow()
    {
        if (Environment.TickCount64 - Volatile.Read(ref readAt) > FreshMs)
        {
            Volatile.Write(ref ticks, long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture));
            Volatile.Write(ref readAt, Environment.TickCount64);
        }
        return base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref ticks));
    }
}
