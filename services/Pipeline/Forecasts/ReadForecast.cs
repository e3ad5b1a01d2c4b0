using System.ComponentModel;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>
/// What is to be expected of a period: rolled up along the tree of teams, category by category, beside what managers adjust, what is to be reached, and what
/// was expected when it was kept last.
/// </summary>
public static class ReadForecast
{
    /// <summary>A forecast.</summary>
    /// <param name="Period">Of which time.</param>
    /// <param name="Currency">The reporting currency, which everything is in.</param>
    /// <param name="TeamId">The team it is about; the whole company where none is named.</param>
    /// <param name="Total">All lines together.</param>
    /// <param name="Lines">The teams below, each with all below it, and the people who are in the team itself.</param>
    /// <param name="WithoutRate">How many deals are missing here because there is no rate for their currency.</param>
    /// <param name="ComparedWith">The day it is compared with, where that was asked for.</param>
    public sealed record Forecast(
        Period Period, string Currency, Guid? TeamId, Line Total, IReadOnlyList<Line> Lines, long WithoutRate, DateOnly? ComparedWith);

    /// <summary>A line of it.</summary>
    /// <param name="TeamId">The team, where it is a team's.</param>
    /// <param name="UserId">The person, where it is somebody's; neither for deals without an owner.</param>
    /// <param name="Name">What they are called.</param>
    /// <param name="Expected">What their deals say.</param>
    /// <param name="Adjusted">The same with what managers adjust.</param>
    /// <param name="Adjustments">What managers adjust, and why.</param>
    /// <param name="Quota">What is to be reached.</param>
    /// <param name="Attainment">How many percent of it have come.</param>
    /// <param name="Coverage">How many times what is still to come is open.</param>
    /// <param name="Change">What is expected that was not when it was kept, and the other way round where it is below nothing.</param>
    public sealed record Line(
        Guid? TeamId, Guid? UserId, string? Name, Expectation Expected, Expectation Adjusted, IReadOnlyList<Adjustment> Adjustments, decimal? Quota,
        decimal? Attainment, decimal? Coverage, Expectation? Change);

    /// <summary>What a manager adjusts.</summary>
    public sealed record Adjustment(Guid Id, ForecastCategory Category, decimal Amount, string Note, string? By);

    /// <summary>The forecast of a period for a team, as far as the caller sees deals, quotas and adjustments.</summary>
    public static async Task<Forecast> Handle(
        [Description("The month or quarter: `2026-07`, `2026-Q3`.")] string? period,
        [Description("The team; the whole company where none is named.")] Guid? team,
        [Description("A day: compared with the last snapshot taken until then.")] DateOnly? since,
        Session session, Shapes shapes, CancellationToken cancel)
    {
        var (settings, currency) = (await PipelineSettings.Of(session), await PipelineSettings.CurrencyOf(session));
        var time = Period.Read(period, settings.YearBegins ?? 1);
        var organisation = await Organisation.Of(session);
        if (team is { } named && organisation.Find(named) is null)
            throw Refusal.NotFound("team", named);
        if (!await session.Shows<Deal>("amount") || !await session.Shows<Deal>("converted"))
            throw new Refusal(403, Refusal.Denied, "Your roles hide what deals are worth.");
        var (rollup, deals) = (new Rollup(organisation, team), await session.Choose<Deal>(shapes, null, null, null, cancel));
        var expected = rollup.Of(await Credits.Of(deals, time, currency));
        var snapshot = since is { } day ? await Last(session, time, day) : null;
        var before = snapshot is null ? null : rollup.Of(await Credits.Of(deals, snapshot));
        var quotas = new Quotas(rollup, team, await Quotas.Of(session, shapes, time, cancel));
        var adjustments = await Adjusted.Of(session, shapes, rollup, team, time, cancel);

        Line Of(Rollup.Line line, Expectation sum) => Shown(
            line.IsTeam ? line.Id : null, line.IsTeam ? null : line.Id, line.IsTeam ? organisation.Find(line.Id!.Value)?.Name : organisation.NameOf(line.Id),
            sum, adjustments[line], quotas[line], before is null ? null : sum - before.GetValueOrDefault(line, Expectation.None));

        var lines = expected.Keys.Concat(quotas.Lines).Concat(adjustments.Lines).Concat(before?.Keys ?? Enumerable.Empty<Rollup.Line>()).Distinct()
            .Select(line => Of(line, expected.GetValueOrDefault(line, Expectation.None)))
            .OrderBy(l => l.TeamId is null).ThenBy(l => l.Name, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.TeamId ?? l.UserId).ToList();
        var total = expected.Values.Aggregate(Expectation.None, (sum, one) => sum + one);
        var was = before?.Values.Aggregate(Expectation.None, (sum, one) => sum + one);
        return new Forecast(
            time, currency, team,
            Shown(team, null, team is { } id ? organisation.Find(id)?.Name : null, total, adjustments.All, quotas.Total, was is null ? null : total - was),
            lines, await Credits.WithoutRate(deals, time, currency), snapshot?.TakenOn);
    }

    private static async Task<ForecastSnapshot> Last(Session session, Period period, DateOnly day) => (await session.List<ForecastSnapshot>(
        "period = @Name and taken_on <= @day and deleted_at is null order by taken_on desc limit 1", new { period.Name, day })).FirstOrDefault()
        ?? throw new Refusal(404, "no_snapshot", $"Until {day:O} no snapshot of {period.Name} was taken.");

    private static Line Shown(
        Guid? team, Guid? user, string? name, Expectation expected, IReadOnlyList<Adjustment> adjustments, decimal? quota, Expectation? change)
    {
        decimal By(ForecastCategory category) => adjustments.Where(a => a.Category == category).Sum(a => a.Amount);
        var adjusted = expected with
        {
            Pipeline = expected.Pipeline + By(ForecastCategory.Pipeline),
            BestCase = expected.BestCase + By(ForecastCategory.BestCase),
            Commit = expected.Commit + By(ForecastCategory.Commit),
        };
        var missing = quota - expected.Closed;
        return new Line(
            team, user, name, expected.Rounded(), adjusted.Rounded(), adjustments, quota,
            quota is > 0 ? Math.Round(100 * expected.Closed / quota.Value, 1) : null, missing is > 0 ? Math.Round(expected.Open / missing.Value, 2) : null,
            change?.Rounded());
    }
}
