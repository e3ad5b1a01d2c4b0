using System.Diagnostics;

namespace CrmPlatform.Dashboards.Tests;

/// <summary>Waits for something to become true, not for time to pass.</summary>
internal static class Wait
{
    public static async Task Until(
        Func<CancellationToken, Task<bool>> condition, Func<string> otherwise, CancellationToken cancel, int seconds = 30)
    {
        var deadline = Stopwatch.StartNew();
        while (!await condition(cancel))
        {
            if (deadline.Elapsed.TotalSeconds > seconds) throw new TimeoutException(otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        }
    }
}
