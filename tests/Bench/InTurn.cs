namespace CrmPlatform.Bench;

/// <summary>Two loads that take turns, so that what else the machine does hits both.</summary>
internal static class InTurn
{
    private const int Seconds = 4;
    private const int Rounds = 4;
    private const int WarmUpSeconds = 15;

    /// <summary>What share of a ceiling is reached. Both warm up first, until their code is compiled for good.</summary>
    public static async Task<Figure> Share(string area, string name, Func<int, Task<double>> bare, Func<int, Task<double>> ours, double goal)
    {
        await bare(WarmUpSeconds);
        await ours(WarmUpSeconds);
        var (ceiling, value) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            ceiling += await bare(Seconds) / Rounds;
            value += await ours(Seconds) / Rounds;
        }
        return Figure.Share(area, name, value, "req/s", ceiling, goal);
    }
}
