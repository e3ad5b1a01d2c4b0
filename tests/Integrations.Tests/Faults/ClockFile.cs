using System.IO.MemoryMappedFiles;

namespace CrmPlatform.Integrations.Tests.Faults;

/// <summary>A clock of several processes, by which hours pass when a test writes down that they have.</summary>
internal sealed class ClockFile : TimeProvider, IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor ahead;

    public ClockFile(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        ahead = file.CreateViewAccessor();
    }

    public void Pass(TimeSpan time) => ahead.Write(0, ahead.ReadInt64(0) + time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(ahead.ReadInt64(0));

    public void Dispose()
    {
        ahead.Dispose();
        file.Dispose();
    }
}
