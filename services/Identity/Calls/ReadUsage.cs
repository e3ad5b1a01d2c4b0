using System.ComponentModel;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Calls;

/// <summary>How much programs asked, day by day, beside what the tenant's plan allows: each sees its own, who audits that of all.</summary>
public static class ReadUsage
{
    private const int MostDays = 92, UsualDays = 30;
    private const int SecondsOfDay = 86_400;

    /// <summary>A program's day.</summary>
    /// <param name="Day">The day, in UTC.</param>
    /// <param name="Source">The API key or OAuth client.</param>
    /// <param name="Calls">Requests.</param>
    /// <param name="Errors">Those that were answered with a problem.</param>
    /// <param name="Limited">Those of them that the plan's limit refused (429).</param>
    /// <param name="Deprecated">Those that used what is deprecated.</param>
    /// <param name="Received">Bytes of what was sent.</param>
    /// <param name="Sent">Bytes of what was answered.</param>
    /// <param name="Unlisted">Requests that are counted here and are not in the list of calls: there was no room.</param>
    /// <param name="Plan">The tenant's plan on that day.</param>
    /// <param name="PerSecond">How many requests a second it allows the tenant; null where it sets no limit.</param>
    /// <param name="Share">Which part of the requests that the plan allows on a day these were; null where it sets no limit.</param>
    public sealed record Item(
        DateOnly Day, string Source, long Calls, long Errors, long Limited, long Deprecated, long Received, long Sent, long Unlisted, string Plan,
        int? PerSecond, double? Share);

    /// <summary>The days asked for.</summary>
    public sealed record Answer(DateOnly From, DateOnly To, IReadOnlyList<Item> Items);

    /// <summary>How much was asked, newest day first.</summary>
    public static async Task<Answer> Handle(
        Session session,
        [Description("Of which API key or OAuth client.")] string? source = null,
        [Description("The first day: 29 days before the last where nothing is said.")] DateOnly? from = null,
        [Description("The last day: today where nothing is said.")] DateOnly? to = null)
    {
        var last = to ?? DateOnly.FromDateTime(session.Now.UtcDateTime);
        var first = from ?? last.AddDays(1 - UsualDays);
        if (first > last || last.DayNumber - first.DayNumber >= MostDays)
            throw Refusal.Invalid("from", $"from is at most {MostDays - 1} days before to.");
        var mine = await ListCalls.Mine(session);
        var items = await session.Query<Item>(
            $"""
            select day, source, calls, errors, limited, deprecated, received, sent, unlisted, plan, per_second,
                calls / (per_second * {SecondsOfDay}::double precision) as share
            from call_usage
            where tenant = @tenant and day between @first and @last {(source is not null ? "and source = @source" : "")}
                {(mine is not null ? "and source = @mine" : "")}
            order by day desc, calls desc, source
            """,
            new { first, last, source = source ?? "", mine = mine ?? "" });
        return new Answer(first, last, items);
    }
}
