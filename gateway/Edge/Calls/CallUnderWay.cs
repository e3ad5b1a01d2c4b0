using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Edge.Limits;

namespace CrmPlatform.Edge.Calls;

/// <summary>A request of a program that is being answered.</summary>
internal sealed record CallUnderWay(Guid Id, Caller Caller, string Source, Plan Plan, DateOnly Day, CountedStream Received, CountedStream Sent)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    public double Ms => Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 2);
}
