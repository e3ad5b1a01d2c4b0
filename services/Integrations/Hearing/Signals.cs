using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>Wakes whoever waits in this process for something to deliver or to read. Others find it by looking.</summary>
public sealed class Signals
{
    private readonly Channel<(Guid Tenant, Guid Webhook)> due = Channel.CreateUnbounded<(Guid, Guid)>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> readers = [];

    /// <summary>Webhooks for which something is due.</summary>
    public ChannelReader<(Guid Tenant, Guid Webhook)> Woken => due.Reader;

    /// <summary>Something is due for a webhook.</summary>
    public void Due(Guid tenant, Guid webhook) => due.Writer.TryWrite((tenant, webhook));

    /// <summary>The feed of a tenant has grown.</summary>
    public void Heard(Guid tenant)
    {
        if (readers.TryRemove(tenant, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>Ends when the feed of a tenant grows, as far as this process hears of it. To be asked for before the feed is read.</summary>
    public Task NextOf(Guid tenant) =>
        readers.GetOrAdd(tenant, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
