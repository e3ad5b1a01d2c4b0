using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>
/// Rolls up what everybody has along the tree of teams: the teams below one, each with all below it, and the people who are in it themselves.
/// </summary>
internal sealed class Rollup(Organisation organisation, Guid? top)
{
    /// <summary>A line of a forecast is a team's, or a person's; nobody's where a deal has no owner.</summary>
    public readonly record struct Line(bool IsTeam, Guid? Id);

    /// <summary>The line that what somebody has belongs to; null where they are not below this team.</summary>
    public Line? LineOf(Guid? user)
    {
        if (organisation.TeamOf(user) is not { } team)
            return top is null ? new Line(false, user) : null;
        return LineOfTeam(team) is { } line ? line : team == top ? new Line(false, user) : null;
    }

    /// <summary>The line of a team below.</summary>
    public Line? LineOfTeam(Guid team) => organisation.Below(top, team) is { } below ? new Line(true, below) : null;

    /// <summary>What each line comes to.</summary>
    public Dictionary<Line, Expectation> Of(IEnumerable<Credit> credits)
    {
        var lines = new Dictionary<Line, Expectation>();
        foreach (var credit in credits)
            if (LineOf(credit.UserId) is { } line)
                lines[line] = lines.GetValueOrDefault(line, Expectation.None) + Of(credit);
        return lines;
    }

    private static Expectation Of(Credit credit) => credit.Kind switch
    {
        ForecastCategory.Pipeline => new(credit.Amount, 0, 0, 0, credit.Weighted, credit.Deals),
        ForecastCategory.BestCase => new(0, credit.Amount, 0, 0, credit.Weighted, credit.Deals),
        ForecastCategory.Commit => new(0, 0, credit.Amount, 0, credit.Weighted, credit.Deals),
        ForecastCategory.Closed => new(0, 0, 0, credit.Amount, 0, credit.Deals),
        _ => Expectation.None,
    };
}
