namespace CrmPlatform.Records.Calendars;

/// <summary>
/// When work is done: parts of the days of a week in a time zone, but not on holidays. Without any part it is done around the clock. What a clock shows
/// twice in autumn is counted twice, and what it leaves out in spring is not there.
/// </summary>
public sealed class WorkingCalendar(IReadOnlyList<WorkingHours> week, TimeZoneInfo zone, IReadOnlySet<DateOnly> holidays)
{
    private const int Horizon = 3660; // days; who works that rarely is asked no more

    private readonly ILookup<DayOfWeek, WorkingHours> week = week.ToLookup(h => h.Day);
    private readonly bool isAlways = week.Count == 0 && holidays.Count == 0;

    /// <summary>Whether work is done at a moment.</summary>
    public bool Includes(DateTimeOffset at) => isAlways || Parts(Day(at)).Any(part => part.From <= at && at < part.Until);

    /// <summary>When, from a moment on, so much has been worked; null when that is never.</summary>
    public DateTimeOffset? After(DateTimeOffset from, TimeSpan work)
    {
        if (isAlways)
            return from + work;
        for (var (day, i) = (Day(from), 0); i < Horizon; (day, i) = (day.AddDays(1), i + 1))
            foreach (var part in Parts(day))
            {
                var begins = part.From > from ? part.From : from;
                if (begins >= part.Until)
                    continue;
                if (begins + work <= part.Until)
                    return begins + work;
                work -= part.Until - begins;
            }
        return null;
    }

    /// <summary>How much is worked from one moment to another.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (isAlways)
            return until > from ? until - from : TimeSpan.Zero;
        var sum = TimeSpan.Zero;
        for (var day = Day(from); day <= Day(until); day = day.AddDays(1))
            foreach (var part in Parts(day))
            {
                var (begins, ends) = (part.From > from ? part.From : from, part.Until < until ? part.Until : until);
                sum += ends > begins ? ends - begins : TimeSpan.Zero;
            }
        return sum;
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Parts(DateOnly day)
    {
        if (holidays.Contains(day))
            return [];
        return week.Count == 0 ? [(Moment(day, TimeOnly.MinValue), Moment(day.AddDays(1), TimeOnly.MinValue))]
            : week[day.DayOfWeek].Select(h => (Moment(day, h.Begins), Moment(day, h.Ends)));
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    // A time that the clocks leave out is the one they show instead.
    private DateTimeOffset Moment(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
