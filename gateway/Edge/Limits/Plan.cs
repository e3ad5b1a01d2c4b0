using CrmPlatform.Hosting;

namespace CrmPlatform.Edge.Limits;

/// <summary>How many requests a tenant may make: so many a second, and so many at once after a pause.</summary>
/// <param name="Name">As tokens name it.</param>
/// <param name="PerSecond">What flows into the bucket.</param>
/// <param name="Burst">What the bucket holds.</param>
internal sealed record Plan(string Name, int PerSecond, int Burst)
{
    /// <summary>Who has no valid token; the bucket is their address's.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>What holds for a plan that is not in the table.</summary>
    public const string Usual = "standard";

    private static readonly Plan[] Table =
    [
        new(Anonymous, 20, 100),
        new(Usual, 100, 200),
        new("partner", 500, 1000),
        new("internal", int.MaxValue, int.MaxValue),
    ];

    /// <summary>Whether this plan counts nothing.</summary>
    public bool Unlimited => PerSecond == int.MaxValue;

    /// <summary>The table, with what the settings change of it: <c>standard=100/200,partner=unlimited</c>.</summary>
    public static Dictionary<string, Plan> From(Settings settings)
    {
        var plans = Table.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var entry in (settings.RateLimits ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var plan = Parse(entry);
            plans[plan.Name] = plan;
        }
        return plans;
    }

    private static Plan Parse(string entry)
    {
        if (entry.Split('=') is [{ Length: > 0 } name, var limit])
        {
            if (limit == "unlimited")
                return new Plan(name, int.MaxValue, int.MaxValue);
            if (limit.Split('/') is [var rate, var most] && int.TryParse(rate, out var perSecond) && int.TryParse(most, out var burst)
                && perSecond is > 0 and < 1_000_000 && burst is > 0 and < 10_000_000)
                return new Plan(name, perSecond, burst);
        }
        throw new SettingsException(
            $"CRM_RATE_LIMITS has the entry '{entry}', which is neither like standard=100/200 (a second/at once) nor partner=unlimited.");
    }
}
