using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What managers adjust, by line: what is said of somebody or a team counts for all lines above.</summary>
internal sealed class Adjusted
{
    private readonly ILookup<Rollup.Line, ReadForecast.Adjustment> byLine;

    private Adjusted(IReadOnlyList<(Rollup.Line? Line, ReadForecast.Adjustment Adjustment)> all)
    {
        All = [.. all.Select(a => a.Adjustment)];
        byLine = all.Where(a => a.Line is not null).ToLookup(a => a.Line!.Value, a => a.Adjustment);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ReadForecast.Adjustment> All { get; }

    /// <summary>The lines that are adjusted.</summary>
    public IEnumerable<Rollup.Line> Lines => byLine.Select(g => g.Key);

    /// <summary>Those of a line.</summary>
    public IReadOnlyList<ReadForecast.Adjustment> this[Rollup.Line line] => [.. byLine[line]];

    /// <summary>The adjustments of a period that the caller sees, of a team and all below it.</summary>
    public static async Task<Adjusted> Of(Session session, Shapes shapes, Rollup rollup, Guid? top, Period period, CancellationToken cancel)
    {
        var rows = await (await session.Choose<ForecastAdjustment>(shapes, null, null, null, cancel)).Ask<Row>(
            (found, places) =>
                $"""
                select r.id as "Id", r.for_user_id as "UserId", r.for_team_id as "TeamId", r.category as "Category",
                    (r.amount ->> 'amount')::numeric as "Amount", r.note as "Note", r.created_by ->> 'name' as "By"
                {found} and r.period = {places[0]} order by r.id
                """,
            period.Name);
        return new(
        [
            .. from row in rows
               let isTop = row.TeamId is not null && row.TeamId == top
               let line = row.TeamId is { } team ? rollup.LineOfTeam(team) : rollup.LineOf(row.UserId)
               where isTop || line is not null
               select (isTop ? null : line, new ReadForecast.Adjustment(
                   row.Id, Enum.Parse<ForecastCategory>(row.Category, ignoreCase: true), row.Amount, row.Note, row.By)),
        ]);
    }

    private sealed record Row(Guid Id, Guid? UserId, Guid? TeamId, string Category, decimal Amount, string Note, string? By);
}
