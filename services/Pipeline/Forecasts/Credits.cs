using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Deals;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>What deals of a period come to for somebody, in one category.</summary>
/// <param name="UserId">Who; nobody for deals without an owner.</param>
/// <param name="Category">The category, as it is written.</param>
/// <param name="Amount">In the reporting currency, as much of each deal as is theirs.</param>
/// <param name="Weighted">How much of it may be counted on.</param>
/// <param name="Deals">How many deals.</param>
internal sealed record Credit(Guid? UserId, string Category, decimal Amount, decimal Weighted, long Deals)
{
    /// <summary>The category.</summary>
    public ForecastCategory Kind => Enum.Parse<ForecastCategory>(Category, ignoreCase: true);
}

/// <summary>Whose deals are whose: members have their split of a deal, its owner has the rest.</summary>
internal static class Credits
{
    // Whose deal it is and whose team's stays with each share, so that a snapshot can be shown by them.
    private const string Shares =
        """
        share as (
            select c.owner_id as user_id, c.owner_id, c.team_id, c.category, c.value, c.weighted, (100 - coalesce(m.split, 0)) / 100 as part
            from chosen c left join (select deal_id, sum(split) as split from member group by deal_id) m on m.deal_id = c.id
            where coalesce(m.split, 0) < 100
            union all
            select m.user_id, c.owner_id, c.team_id, c.category, c.value, c.weighted, m.split / 100 from member m join chosen c on c.id = m.deal_id)
        """;

    /// <summary>What everybody has in a period, of the deals the caller sees.</summary>
    public static Task<List<Credit>> Of(Chosen<Deal> deals, Period period, string currency) => deals.Ask<Credit>(
        (rows, places) =>
            $"""
            with {Chosen(rows, places)}, {Shares}
            select user_id as "UserId", category as "Category", round(sum(value * part), 6) as "Amount",
                round(sum(weighted * part), 6) as "Weighted", count(*) as "Deals"
            from share group by user_id, category
            """,
        period.From, period.To, currency);

    /// <summary>How many deals of the period have an amount that could not be converted.</summary>
    public static async Task<long> WithoutRate(Chosen<Deal> deals, Period period, string currency) => (await deals.Ask<long>(
        (rows, places) =>
            $"""
            select count(*) {rows} and r.value is not null and (r.converted_currency is null or r.converted_currency <> {places[2]})
                and (r.status = 'open' and r.expected_close_on between {places[0]} and {places[1]}
                    or r.status = 'won' and r.closed_on between {places[0]} and {places[1]})
            """,
        period.From, period.To, currency))[0];

    /// <summary>Keeps what everybody has in a period with a snapshot.</summary>
    public static Task Keep(Session session, ForecastSnapshot snapshot, Period period) => session.Execute(
        $"""
        with {Chosen("from deal r where r.tenant = @tenant and r.deleted_at is null", ["@From", "@To", "@Currency"], "@tenant")}, {Shares}
        insert into forecast_row (tenant, snapshot_id, n, user_id, owner_id, team_id, category, amount, weighted, deals)
        select @tenant, @id, row_number() over (), user_id, owner_id, team_id, category, round(sum(value * part), 6), round(sum(weighted * part), 6), count(*)
        from share group by user_id, owner_id, team_id, category
        """,
        new { id = snapshot.Id, period.From, period.To, snapshot.Currency }).AsTask();

    /// <summary>What everybody had when a snapshot was taken, of the deals the caller sees.</summary>
    public static Task<List<Credit>> Of(Chosen<Deal> deals, ForecastSnapshot snapshot) => deals.Ask<Credit>(
        (_, places) =>
            $"""
            select s.user_id as "UserId", s.category as "Category", sum(s.amount) as "Amount", sum(s.weighted) as "Weighted", sum(s.deals)::bigint as "Deals"
            from forecast_row s where s.tenant = $1 and s.snapshot_id = {places[0]} and {deals.Sees("s")}
            group by s.user_id, s.category
            """,
        snapshot.Id);

    // What is to come in the period, and what has come in it: each along an index of its own.
    private static string Chosen(string rows, IReadOnlyList<string> places, string tenant = "$1")
    {
        const string Columns = "r.id, r.owner_id, r.team_id, r.category, r.converted_value as value, r.weighted";
        return $"""
            chosen as (
                select {Columns} {rows} and r.status = 'open' and r.category <> 'omitted' and r.expected_close_on between {places[0]} and {places[1]}
                    and r.converted_currency = {places[2]}
                union all
                select {Columns} {rows} and r.status = 'won' and r.closed_on between {places[0]} and {places[1]} and r.converted_currency = {places[2]}),
            member as (
                select m.deal_id, m.user_id, m.split from deal_member m join chosen c on c.id = m.deal_id
                where m.tenant = {tenant} and m.deleted_at is null and m.split > 0)
            """;
    }
}
