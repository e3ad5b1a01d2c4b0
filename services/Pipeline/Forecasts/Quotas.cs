using CrmPlatform.Journal;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What each line is to reach: a team what it was given, else what those below it were given together.</summary>
internal sealed class Quotas
{
    private readonly Dictionary<Rollup.Line, decimal> own = [];
    private readonly Dictionary<Rollup.Line, decimal> below = [];
    private readonly decimal? given;

    public Quotas(Rollup rollup, Guid? top, IEnumerable<Row> rows)
    {
        foreach (var row in rows)
            if (row.TeamId is { } team && team == top)
                given = row.Amount;
            else if (row.TeamId is { } other && rollup.LineOfTeam(other) is { } line)
                (line.Id == other ? own : []).TryAdd(line, row.Amount);
            else if (row.UserId is { } user && rollup.LineOf(user) is { } theirs)
                below[theirs] = below.GetValueOrDefault(theirs) + row.Amount;
    }

    /// <summary>The lines that have one.</summary>
    public IEnumerable<Rollup.Line> Lines => own.Keys.Union(below.Keys);

    /// <summary>What all lines are to reach.</summary>
    public decimal? Total => given ?? (own.Count + below.Count == 0 ? null : Lines.Sum(l => this[l]));

    /// <summary>What a line is to reach.</summary>
    public decimal? this[Rollup.Line line] => own.TryGetValue(line, out var quota) || below.TryGetValue(line, out quota) ? quota : null;

    /// <summary>The quotas of a period that the caller sees.</summary>
    public static async Task<List<Row>> Of(Session session, Shapes shapes, Period period, CancellationToken cancel) =>
        await (await session.Choose<Quota>(shapes, null, null, null, cancel)).Ask<Row>(
            (rows, places) =>
                $"""
                select r.for_user_id as "UserId", r.for_team_id as "TeamId", (r.amount ->> 'amount')::numeric as "Amount" {rows} and r.period = {places[0]}
                """,
            period.Name);

    /// <summary>A quota.</summary>
    internal sealed record Row(Guid? UserId, Guid? TeamId, decimal Amount);
}
