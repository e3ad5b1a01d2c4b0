namespace CrmPlatform.Journal;

/// <summary>Tells the relay of the same process that there is something to tell. A relay elsewhere finds it by its poll.</summary>
public sealed class Wake : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Something was committed.</summary>
    public void Relay()
    {
        try
        {
            if (signal.CurrentCount == 0)
                signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in the same moment: one wake-up is enough.
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken cancel) => signal.WaitAsync(atMost, cancel);

    /// <summary>Ends the signal.</summary>
    public void Dispose() => signal.Dispose();
}
