using CrmPlatform.Access;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Upstreams;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>Somebody who listens over one connection, as long as their token counts.</summary>
internal sealed class Listener(Caller caller, Asker asker) : IDisposable
{
    private readonly CancellationTokenSource over = new();

    public Caller Caller => caller;

    public Asker Asker => asker;

    /// <summary>The graph they had when it was last looked at.</summary>
    public ComposedGraph? Graph { get; set; }

    /// <summary>What they listen to.</summary>
    public HashSet<Subscription> Subscriptions { get; } = [];

    /// <summary>Why they are heard no longer, once that is so.</summary>
    public GraphError? Ended { get; private set; }

    /// <summary>Cancelled when they are heard no longer.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>When their rights were last looked at.</summary>
    public long LookedAt { get; set; }

    /// <summary>Their token counts no longer.</summary>
    public void End(GraphError why)
    {
        lock (over)
        {
            if (Ended is not null)
                return;
            Ended = why;
        }
        over.Cancel();
    }

    public void Dispose() => over.Dispose();
}

/// <summary>One thing somebody listens to.</summary>
internal sealed class Subscription(Listener by, Transport.GraphRequest request, Action<int, string> dropped)
{
    private readonly Backlog backlog = new(dropped);

    public Listener By => by;

    /// <summary>What was asked, to be read again when their rights change.</summary>
    public Transport.GraphRequest Request => request;

    /// <summary>With whom it is told.</summary>
    public Audience? Audience { get; set; }

    /// <summary>Why it ended, where it was not the client who ended it.</summary>
    public IReadOnlyList<GraphError> Failed { get; private set; } = [];

    public void Tell(News told, News missed) => backlog.Add(told, missed);

    /// <summary>It can be told no longer, and this is why.</summary>
    public void Fail(IReadOnlyList<GraphError> why)
    {
        Failed = why;
        backlog.End();
    }

    /// <summary>What is to be told next; null when there is nothing more.</summary>
    public ValueTask<News?> Next(CancellationToken cancel) => backlog.Next(cancel);
}
