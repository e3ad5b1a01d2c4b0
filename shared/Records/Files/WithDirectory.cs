using System.Buffers.Binary;

namespace CrmPlatform.Records.Files;

/// <summary>
/// An archive whose directory, at its end, is in memory: what reads archives reads that part all at once, by a thread that waits. A small file
/// can have a directory of millions of entries, so it is measured before.
/// </summary>
internal sealed class WithDirectory : Incoming
{
    private const int Longest = 4 * 1024 * 1024;
    private const int EndLength = 22;

    private readonly Stream archive;
    private readonly long begins;
    private readonly byte[] directory;

    private WithDirectory(Stream archive, long begins, byte[] directory) => (this.archive, this.begins, this.directory) = (archive, begins, directory);

    public override bool CanSeek => true;

    public override long Length => archive.Length;

    public override long Position { get => archive.Position; set => archive.Position = value; }

    /// <summary>The same archive with its directory.</summary>
    public static async Task<WithDirectory> Of(Stream archive)
    {
        var tail = await Last((int)Math.Min(archive.Length, EndLength + ushort.MaxValue), archive);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndLength)
            throw new InvalidDataException("There is no directory.");
        var begins = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (begins > archive.Length || archive.Length - begins > Longest)
            throw new InvalidDataException("The directory is too long.");
        var from = Math.Min(begins, archive.Length - tail.Length);
        return new WithDirectory(archive, from, await Last((int)(archive.Length - from), archive));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        archive.ReadAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Position < begins)
            throw new InvalidDataException("The directory is not where it should be.");
        count = (int)Math.Min(count, Math.Max(0, Length - Position));
        Array.Copy(directory, Position - begins, buffer, offset, count);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => archive.Seek(offset, origin);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            archive.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<byte[]> Last(int count, Stream archive)
    {
        var bytes = new byte[count];
        archive.Position = archive.Length - count;
        await archive.ReadExactlyAsync(bytes);
        archive.Position = 0;
        return bytes;
    }
}
