using System.Buffers;
using System.IO.Pipelines;

namespace CrmPlatform.Hosting.Beside;

/// <summary>Takes up an answer's body in lent memory. It is read when all of it is there: nobody waits for a part of it.</summary>
internal sealed class PassedBody(Func<CancellationToken, Task> start) : PipeWriter, IDisposable
{
    private const int Usual = 4096;

    private byte[] lent = [];
    private int written;

    public ReadOnlyMemory<byte> Written => lent.AsMemory(0, written);

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => 0;

    public override void Advance(int bytes) => written += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return lent.AsMemory(written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await start(cancellationToken);
        return default;
    }

    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        await start(cancellationToken);
        Grow(source.Length);
        source.CopyTo(lent.AsMemory(written));
        written += source.Length;
        return default;
    }

    public override void CancelPendingFlush()
    {
        // Nothing is ever pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // Nobody reads before the end.
    }

    public void Dispose()
    {
        if (lent.Length > 0)
            ArrayPool<byte>.Shared.Return(lent);
        (lent, written) = ([], 0);
    }

    private void Grow(int bytes)
    {
        if (lent.Length - written >= bytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Usual, Math.Max(written + bytes, lent.Length * 2)));
        Written.CopyTo(larger);
        if (lent.Length > 0)
            ArrayPool<byte>.Shared.Return(lent);
        lent = larger;
    }
}
