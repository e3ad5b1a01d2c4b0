namespace CrmPlatform.Records.Files;

/// <summary>
/// Lets XML through whose tags are of a sane length. A reader of XML holds a tag with all its attributes in memory, and a small archive can
/// unpack to one of gigabytes; but no tag and no text goes on past the next angle bracket.
/// </summary>
internal sealed class ShortTokens(Stream xml) : Incoming
{
    private const int Longest = 8 * 1024 * 1024;

    private int length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await xml.ReadAsync(buffer, cancellationToken);
        var last = buffer.Span[..count].LastIndexOf((byte)'<');
        length = last < 0 ? length + count : count - last;
        return length <= Longest ? count : throw new InvalidDataException("A tag or a text has no end.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            xml.Dispose();
        base.Dispose(disposing);
    }
}
