using System.ComponentModel;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// A pipeline as a board: for each stage how many deals of the filter are there and what they come to, reckoned over all of them and not over the cards that
/// are shown. Each currency is summed for itself; what is converted is said with the rates, and deals without a rate are counted beside it.
/// </summary>
public static class ReadBoard
{
    private const int UsualCards = 10;
    private const int MostCards = 50;

    /// <summary>A board.</summary>
    /// <param name="Pipeline">Which pipeline.</param>
    /// <param name="Currency">The reporting currency of all that is converted.</param>
    /// <param name="Rates">The newest rate of each currency there is; each deal keeps the one it was converted at.</param>
    /// <param name="Stages">Its columns, in order.</param>
    /// <param name="Total">All of them together.</param>
    public sealed record Board(Guid Pipeline, string Currency, IReadOnlyList<RateOfDay> Rates, IReadOnlyList<Column> Stages, Sums Total);

    /// <summary>A column: the stage, what its deals come to, its newest cards, and the cursor with which a list of its deals goes on after them.</summary>
    public sealed record Column(Stage Stage, Sums Sums, IReadOnlyList<Deal> Cards, string? NextCursor);

    /// <summary>What deals come to. What the caller's roles hide of amounts is null.</summary>
    /// <param name="Count">How many there are.</param>
    /// <param name="Amounts">What they come to in each currency.</param>
    /// <param name="Converted">What those come to that have a rate, in the reporting currency.</param>
    /// <param name="Weighted">How much of it may be counted on.</param>
    /// <param name="WithoutRate">How many have an amount that is not among what is converted.</param>
    public sealed record Sums(long Count, IReadOnlyList<AmountOf>? Amounts, decimal? Converted, decimal? Weighted, long? WithoutRate);

    /// <summary>What the deals of one currency come to.</summary>
    public sealed record AmountOf(string Currency, decimal Amount, long Count, long WithoutRate);

    /// <summary>The newest rate of a currency.</summary>
    public sealed record RateOfDay(string Currency, decimal Rate, DateOnly ValidFrom);

    private sealed record Row(
        Guid StageId, string? Currency, long Deals, decimal? Amount, decimal? Converted, decimal? Weighted, long WithoutRate);

    /// <summary>A pipeline's stages with counts, sums and weighted sums over all deals of a filter, and the first cards of each.</summary>
    public static async Task<Board> Handle(
        [Description("The pipeline; the default one where none is named.")] Guid? pipeline,
        [Description("Which deals: `ownerId = me and amount > 10000`.")] string? filter,
        [Description("What to search for.")] string? q,
        [Description("The time zone days begin in; UTC where nothing is said.")] string? zone,
        [Description("How many cards of each stage: 0 to 50, 10 where nothing is said.")] int? cards,
        Session session, Shapes shapes, CancellationToken cancel)
    {
        if (cards is < 0 or > MostCards)
            throw Refusal.Invalid("cards", $"cards is between 0 and {MostCards}.", BrokenRule.Range(0, MostCards));
        var book = await PipelineBook.Of(session);
        var shown = pipeline is { } id ? book.Pipeline(id) ?? throw Refusal.NotFound("pipeline", id)
            : book.Open.FirstOrDefault() ?? throw new Refusal(404, "no_pipeline", "There is no pipeline yet: POST /pipelines/default makes one.");
        var chosen = await session.Choose<Deal>(shapes, filter, q, zone, cancel);
        var currency = await PipelineSettings.CurrencyOf(session);
        var rows = (await Reckoned(chosen, shown.Id, currency)).ToLookup(r => r.StageId);
        var showsAmounts = await session.Shows<Deal>("amount");
        var columns = new List<Column>();
        foreach (var stage in book.Stages(shown.Id).Where(s => !s.Archived || rows.Contains(s.Id)))
        {
            var page = cards == 0 || !rows.Contains(stage.Id) ? ([], null) : await chosen.Page($"stageId = \"{stage.Id}\"", cards ?? UsualCards);
            columns.Add(new Column(stage, Summed(rows[stage.Id], showsAmounts), page.Records, page.Next));
        }
        return new Board(shown.Id, currency, await Rates(session), columns, Summed(rows.SelectMany(r => r), showsAmounts));
    }

    private static Task<List<Row>> Reckoned(Chosen<Deal> chosen, Guid pipeline, string currency) => chosen.Ask<Row>(
        (rows, places) =>
            $"""
            select r.stage_id as "StageId", r.currency as "Currency", count(*) as "Deals", round(sum(r.value), 6) as "Amount",
                round(sum(r.converted_value) filter (where r.converted_currency = {places[1]}), 6) as "Converted",
                round(sum(r.weighted) filter (where r.converted_currency = {places[1]}), 6) as "Weighted",
                count(r.value) - count(*) filter (where r.converted_currency = {places[1]}) as "WithoutRate"
            {rows} and r.pipeline_id = {places[0]}
            group by r.stage_id, r.currency
            """,
        pipeline, currency);

    private static Sums Summed(IEnumerable<Row> rows, bool showsAmounts)
    {
        var all = rows.ToList();
        return !showsAmounts ? new(all.Sum(r => r.Deals), null, null, null, null) : new(
            all.Sum(r => r.Deals),
            [.. all.Where(r => r.Currency is not null).GroupBy(r => r.Currency!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(
                g => new AmountOf(g.Key, g.Sum(r => r.Amount ?? 0), g.Sum(r => r.Deals), g.Sum(r => r.WithoutRate)))],
            all.Sum(r => r.Converted ?? 0), Math.Round(all.Sum(r => r.Weighted ?? 0), 2, MidpointRounding.AwayFromZero), all.Sum(r => r.WithoutRate));
    }

    private static Task<List<RateOfDay>> Rates(Session session) => session.Query<RateOfDay>(
        """
        select distinct on (currency) currency as "Currency", rate as "Rate", valid_from as "ValidFrom"
        from currency_rate where tenant = @tenant and deleted_at is null and valid_from <= @day order by currency, valid_from desc
        """,
        new { day = DateOnly.FromDateTime(session.Now.UtcDateTime) });
}
