using System.Globalization;
using CrmPlatform.Records.Calendars;
using Xunit;

namespace CrmPlatform.Shared.Tests.Calendars;

/// <summary>When so much has been worked.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly WorkingHours[] Week =
    [
        .. Enumerable.Range(1, 5).SelectMany(day => (WorkingHours[])[new((DayOfWeek)day, "09:00", "12:00"), new((DayOfWeek)day, "13:00", "17:00")]),
    ];

    private static readonly WorkingCalendar Office = new(Week, Berlin, new HashSet<DateOnly> { new(2026, 5, 1) });

    [Theory]
    [InlineData("2026-01-05T08:00:00+01:00", 30, "2026-01-05T09:30:00+01:00")] // before the day begins
    [InlineData("2026-01-05T11:45:00+01:00", 30, "2026-01-05T13:15:00+01:00")] // over lunch
    [InlineData("2026-01-05T11:30:00+01:00", 30, "2026-01-05T12:00:00+01:00")] // to the minute
    [InlineData("2026-01-09T16:50:00+01:00", 30, "2026-01-12T09:20:00+01:00")] // over the weekend
    [InlineData("2026-04-30T16:50:00+02:00", 30, "2026-05-04T09:20:00+02:00")] // over a holiday and a weekend
    [InlineData("2026-03-27T16:50:00+01:00", 30, "2026-03-30T09:20:00+02:00")] // over the change of clocks
    [InlineData("2026-01-05T09:00:00+01:00", 900, "2026-01-07T10:00:00+01:00")] // longer than a day
    public void So_much_has_been_worked_when(string from, int minutes, string then) =>
        Assert.Equal(At(then), Office.After(At(from), TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void What_has_been_worked_until_then_is_just_that()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var from = At("2025-01-01T00:00:00Z").AddMinutes(random.Next(0, 1_000_000));
            var work = TimeSpan.FromMinutes(random.Next(1, 5000));
            var then = Office.After(from, work)!.Value;

            Assert.Equal(work, Office.Between(from, then));
            Assert.True(Office.Includes(then.AddTicks(-1)), $"{then} is outside working hours");
        }
    }

    [Fact]
    public void Without_hours_the_clock_counts_and_who_never_works_is_never_done()
    {
        var from = At("2026-01-05T08:00:00Z");

        Assert.Equal(from.AddHours(2), new WorkingCalendar([], TimeZoneInfo.Utc, new HashSet<DateOnly>()).After(from, TimeSpan.FromHours(2)));
        var always = new WorkingCalendar([], Berlin, new HashSet<DateOnly> { new(2026, 1, 6) });
        Assert.Equal(At("2026-01-07T01:00:00+01:00"), always.After(At("2026-01-05T23:00:00+01:00"), TimeSpan.FromHours(2)));
        var never = new WorkingCalendar([new(DayOfWeek.Monday, "09:00", "09:01")], Berlin, new HashSet<DateOnly>(
            Enumerable.Range(0, 4000).Select(i => new DateOnly(2026, 1, 1).AddDays(i))));
        Assert.Null(never.After(from, TimeSpan.FromMinutes(1)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
