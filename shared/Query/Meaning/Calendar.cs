using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Days and moments: what the words mean, where a day begins in a zone, and how far one can go.</summary>
internal static class Calendar
{
    // Room at both ends, so that no zone leads out of what both back ends can hold.
    private static readonly DateOnly First = new(1, 1, 2);
    private static readonly DateOnly Last = new(9999, 12, 30);

    public static DateOnly Today(Context context) => Day(context.Now, context.Zone);

    public static DateTimeOffset Now(Context context) => new(context.Now.UtcTicks / 10 * 10, TimeSpan.Zero);

    public static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>A day's first moment: midnight; the moment the clocks skip to, if they skip it; the first, if it comes twice.</summary>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max()
            : zone.IsInvalidTime(midnight) ? zone.GetUtcOffset(midnight.AddHours(-3))
            : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight.Ticks - offset.Ticks, TimeSpan.Zero);
    }

    public static Constant Word(string word) => word switch
    {
        "now" => new(Kind.Instant, c => Now(c)),
        "today" => new(Kind.Date, c => Today(c)),
        "yesterday" => new(Kind.Date, c => Today(c).AddDays(-1)),
        "tomorrow" => new(Kind.Date, c => Today(c).AddDays(1)),
        "me" => new(Kind.Reference, c => c.Me),
        "myteam" => new(Kind.References, c => c.Team.ToArray()),
        _ => new(Kind.Period, c => Stretch(word[4..], word[..4], c)),
    };

    private static Period Stretch(string what, string which, Context context)
    {
        var today = Today(context);
        var step = which switch { "last" => -1, "next" => 1, _ => 0 };
        var (from, days, months) = what switch
        {
            "week" => (today.AddDays(-(((int)today.DayOfWeek - (int)context.FirstDay + 7) % 7)), 7, 0),
            "month" => (new DateOnly(today.Year, today.Month, 1), 0, 1),
            "quarter" => (new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1), 0, 3),
            _ => (new DateOnly(today.Year, 1, 1), 0, 12),
        };
        var start = from.AddDays(step * days).AddMonths(step * months);
        return new(start, start.AddDays(days).AddMonths(months));
    }

    /// <summary>Adds a whole count of a unit: days and more to a day, up to weeks of 24-hour days to a moment.</summary>
    public static Function Add(Kind kind, string unit)
    {
        var (argument, times, most) = (kind, unit) switch
        {
            (Kind.Instant, "min") => ("mins", 1, 1_000_000_000),
            (Kind.Instant, "h") => ("hours", 1, 20_000_000),
            (Kind.Instant, "d") => ("hours", 24, 1_000_000),
            (Kind.Instant, "w") => ("hours", 168, 140_000),
            (_, "d") => ("days", 1, 1_000_000),
            (_, "w") => ("days", 7, 140_000),
            (_, "mo") => ("months", 1, 36_000),
            (_, "q") => ("months", 3, 12_000),
            _ => ("months", 12, 3_000),
        };
        var (type, end) = kind == Kind.Date ? ("date", "") : ("timestamptz", " 00:00:00+00");
        return new("dateadd", [kind, Kind.Number], kind,
            a => $"(select case when s.v between {type} '0001-01-02{end}' and {type} '9999-12-30{end}' then s.v end from (select case when "
                + $"abs(a.n) <= {most} then (a.d + make_interval({argument} => {times} * a.n::int))::{type} end as v "
                + $"from (select {a[0]} as d, trunc({a[1]}) as n) a) s)",
            a => Sum(a[0]!, Exact.Of(a[1]!), most, argument, times));
    }

    private static object? Sum(object from, Exact count, int most, string argument, int times)
    {
        if (count.Abs().CompareTo(new Exact(most + 1)) >= 0)
            return null;
        var whole = (long)(count.Abs().Floor().ToDecimal() ?? 0) * times * (count.CompareTo(default) < 0 ? -1 : 1);
        if (from is DateTimeOffset instant)
        {
            var ticks = instant.UtcTicks + whole * (argument == "mins" ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerHour);
            return ticks < At(First) || ticks > At(Last) ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
        var day = (DateOnly)from;
        if (argument == "months")
            return day.Year * 12L + day.Month + whole is < 13 or > 9999 * 12L + 12 ? null : Held(day.AddMonths((int)whole).DayNumber);
        return Held(day.DayNumber + whole);
    }

    private static object? Held(long dayNumber) =>
        dayNumber < First.DayNumber || dayNumber > Last.DayNumber ? null : DateOnly.FromDayNumber((int)dayNumber);

    private static long At(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).Ticks;
}
