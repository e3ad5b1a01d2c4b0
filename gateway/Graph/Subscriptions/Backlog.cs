using System.Threading.Channels;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>An answer on its way to one client.</summary>
/// <param name="Text">The answer, as JSON; many clients may be told the same.</param>
/// <param name="Record">The record it is about.</param>
/// <param name="HappenedAt">When what it tells happened.</param>
internal sealed record News(ReadOnlyMemory<byte> Text, Guid? Record, DateTimeOffset? HappenedAt);

/// <summary>
/// What one client has not been sent yet. It is bounded: of a client that does not keep up only the latest of each record is kept, and where even that is
/// too much they are told, in place of all of it, that they have missed something.
/// </summary>
internal sealed class Backlog(Action<int, string> dropped)
{
    private const int Most = 256;
    private const long MostBytes = 4 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Channel<bool> arrived = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<News> waiting = [];
    private long bytes;
    private bool ended;

    /// <summary>Adds an answer; where there is no room for it, the client will be told <paramref name="missed"/>.</summary>
    public void Add(News told, News missed)
    {
        lock (gate)
        {
            if (ended)
                return;
            if (waiting.Count < Most && bytes + told.Text.Length <= MostBytes)
                Append(told);
            else if (told.Record is { } record && waiting.FindIndex(w => w.Record == record) is >= 0 and var before)
            {
                bytes += told.Text.Length - waiting[before].Text.Length;
                waiting.RemoveAt(before);
                waiting.Add(told);
                dropped(1, "coalesced");
            }
            else
            {
                dropped(waiting.Count + 1, "missed");
                waiting.Clear();
                bytes = 0;
                Append(missed);
            }
        }
        Signal();
    }

    /// <summary>Nothing more is added; what is there is still told.</summary>
    public void End()
    {
        lock (gate)
            ended = true;
        Signal();
    }

    /// <summary>What is to be told next; null when the end is reached.</summary>
    public async ValueTask<News?> Next(CancellationToken cancel)
    {
        while (true)
        {
            lock (gate)
            {
                if (waiting.Count > 0)
                {
                    var next = waiting[0];
                    waiting.RemoveAt(0);
                    bytes -= next.Text.Length;
                    return next;
                }
                if (ended)
                    return null;
            }
            await arrived.Reader.ReadAsync(cancel);
        }
    }

    private void Append(News told)
    {
        waiting.Add(told);
        bytes += told.Text.Length;
    }

    private void Signal() => arrived.Writer.TryWrite(true);
}
