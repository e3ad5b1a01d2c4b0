namespace CrmPlatform.Query.Meaning;

/// <summary>Counts what evaluating a row will cost, and refuses what is too much.</summary>
internal sealed class Meter(Limits limits)
{
    public const int Hop = 5, Rows = 20;
    private long spent;

    public Limits Limits => limits;

    public void Spend(Span at, long cost)
    {
        if ((spent += cost) > limits.Cost)
            throw Limits.Exceeded(at, "The expression asks too much of each row: fewer related records, patterns or parts are needed.");
    }

    /// <summary>Pays again, so many times, for what is done here.</summary>
    public T Repeated<T>(Span at, int times, Func<T> work)
    {
        var before = spent;
        var result = work();
        Spend(at, (spent - before) * times);
        return result;
    }
}
