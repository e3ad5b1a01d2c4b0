using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.People;

/// <summary>A part of a day in which somebody works.</summary>
/// <param name="Day">The day of the week.</param>
/// <param name="From">When it begins: <c>09:00</c>.</param>
/// <param name="Until">When it ends: <c>17:30</c>.</param>
public sealed record WorkingTime(DayOfWeek Day, [property: Required] string From, [property: Required] string Until)
{
    /// <summary>Monday to Friday from nine to five.</summary>
    public static IReadOnlyList<WorkingTime> Usual { get; } =
        [.. Enumerable.Range(1, 5).Select(day => new WorkingTime((DayOfWeek)day, "09:00", "17:00"))];

    /// <summary>The same in order, or refused.</summary>
    public static IReadOnlyList<WorkingTime> Checked(IReadOnlyList<WorkingTime> times)
    {
        if (times.FirstOrDefault(t => !Enum.IsDefined(t.Day) || Time(t.From) is null || Time(t.Until) is null || Time(t.From) >= Time(t.Until)) is { } wrong)
            throw Refusal.Invalid("workingHours", $"{wrong.Day} from {wrong.From} until {wrong.Until} is no part of a day; one is from 09:00 until 17:30.");
        return [.. times.OrderBy(t => t.Day).ThenBy(t => t.From, StringComparer.Ordinal)];
    }

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", out var time) ? time : null;
}
