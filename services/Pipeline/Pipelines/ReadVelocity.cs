using System.ComponentModel;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>How fast deals go through a pipeline, and how many of those that reach a stage go on from there.</summary>
public static class ReadVelocity
{
    /// <summary>How a pipeline does.</summary>
    /// <param name="Stages">Stage by stage, in order.</param>
    /// <param name="Won">How many of the deals that ended in that time were won.</param>
    /// <param name="Lost">How many were lost.</param>
    /// <param name="WinRate">How many percent of them were won; null where none ended.</param>
    /// <param name="CycleDays">How many days those that were won took from the beginning, on average.</param>
    public sealed record Velocity(IReadOnlyList<Pace> Stages, long Won, long Lost, decimal? WinRate, decimal? CycleDays);

    /// <summary>How deals go through a stage.</summary>
    /// <param name="StageId">The stage.</param>
    /// <param name="Stage">What it is called.</param>
    /// <param name="Entered">How many times a deal came there.</param>
    /// <param name="Left">How many of these have left.</param>
    /// <param name="AverageDays">How many days they stayed, on average.</param>
    /// <param name="MedianDays">How many days half of them stayed at most.</param>
    /// <param name="WentOn">How many left for a later stage, or were won.</param>
    /// <param name="WentBack">How many left for an earlier one.</param>
    /// <param name="Lost">How many were lost from there.</param>
    /// <param name="Conversion">How many percent of those that left went on; null where none left.</param>
    public sealed record Pace(
        Guid StageId, string Stage, long Entered, long Left, decimal? AverageDays, decimal? MedianDays, long WentOn, long WentBack, long Lost,
        decimal? Conversion);

    private sealed record Row(Guid StageId, long Entered, long Left, double? Average, double? Median, long WentOn, long WentBack, long Lost);

    private sealed record Ended(long Won, long Lost, double? Days);

    /// <summary>Time in stage and conversion by stage, of the deals of a filter that came to each stage in a time.</summary>
    public static async Task<Velocity> Handle(
        Guid id,
        [Description("The first day deals came to a stage; the first there was where nothing is said.")] DateOnly? from,
        [Description("The last day; today where nothing is said.")] DateOnly? to,
        [Description("Which deals: `type = \"new\"`.")] string? filter,
        Session session, Shapes shapes, CancellationToken cancel)
    {
        var book = await PipelineBook.Of(session);
        if (book.Pipeline(id) is not { DeletedAt: null })
            throw Refusal.NotFound("pipeline", id);
        var chosen = await session.Choose<Deal>(shapes, filter, null, null, cancel);
        var (first, last) = (from ?? new DateOnly(1970, 1, 1), to ?? DateOnly.FromDateTime(session.Now.UtcDateTime));
        var rows = (await chosen.Ask<Row>(Stays, id, first, last)).ToDictionary(r => r.StageId);
        var ended = (await chosen.Ask<Ended>(Ends, id, first, last))[0];
        return new Velocity(
            [.. book.Stages(id).Where(s => s.Type == StageType.Open).Select(s => Of(s, rows.GetValueOrDefault(s.Id)))],
            ended.Won, ended.Lost, Percent(ended.Won, ended.Won + ended.Lost), Rounded(ended.Days));
    }

    private static string Stays(string rows, IReadOnlyList<string> places) =>
        $"""
        with chosen as (select r.id {rows}), stay as (
            select s.tenant, s.stage_id, s.entered_at, s.left_at, lead(s.stage_id) over (partition by s.deal_id order by s.version) as next
            from deal_stay s join chosen c on c.id = s.deal_id where s.tenant = $1)
        select s.stage_id as "StageId", count(*) as "Entered", count(s.left_at) as "Left",
            avg(extract(epoch from s.left_at - s.entered_at) / 86400)::float8 as "Average",
            percentile_cont(0.5) within group (order by extract(epoch from s.left_at - s.entered_at)::float8 / 86400) as "Median",
            count(*) filter (where n.type = 'won' or n.type = 'open' and n.position > f.position) as "WentOn",
            count(*) filter (where n.type = 'open' and n.position <= f.position) as "WentBack", count(*) filter (where n.type = 'lost') as "Lost"
        from stay s
        join stage f on f.tenant = s.tenant and f.id = s.stage_id
        left join stage n on n.tenant = s.tenant and n.id = s.next
        where f.pipeline_id = {places[0]} and s.entered_at >= {places[1]} and s.entered_at < {places[2]} + 1
        group by s.stage_id
        """;

    private static string Ends(string rows, IReadOnlyList<string> places) =>
        $"""
        select count(*) filter (where r.status = 'won') as "Won", count(*) filter (where r.status = 'lost') as "Lost",
            avg(extract(epoch from r.stage_entered_at - r.created_at) / 86400) filter (where r.status = 'won')::float8 as "Days"
        {rows} and r.pipeline_id = {places[0]} and r.closed_on between {places[1]} and {places[2]}
        """;

    private static Pace Of(Stage stage, Row? row) => row is null ? new(stage.Id, stage.Name, 0, 0, null, null, 0, 0, 0, null) : new(
        stage.Id, stage.Name, row.Entered, row.Left, Rounded(row.Average), Rounded(row.Median), row.WentOn, row.WentBack, row.Lost,
        Percent(row.WentOn, row.Left));

    private static decimal? Percent(long part, long whole) => whole == 0 ? null : Math.Round(100m * part / whole, 1);

    private static decimal? Rounded(double? days) => days is { } known ? Math.Round((decimal)known, 2) : null;
}
