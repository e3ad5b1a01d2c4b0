using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Calendars;

/// <summary>A part of a day in which people work.</summary>
/// <param name="Day">The day of the week.</param>
/// <param name="From">When it begins: <c>09:00</c>.</param>
/// <param name="Until">When it ends: <c>17:30</c>.</param>
public sealed record WorkingHours(DayOfWeek Day, [property: Required] string From, [property: Required] string Until)
{
    internal TimeOnly Begins => Time(From) ?? default;

    internal TimeOnly Ends => Time(Until) ?? default;

    /// <summary>The same in order, or refused at a field.</summary>
    public static IReadOnlyList<WorkingHours> Checked(string field, IReadOnlyList<WorkingHours> hours)
    {
        if (hours.FirstOrDefault(h => !Enum.IsDefined(h.Day) || Time(h.From) is null || Time(h.Until) is null || Time(h.From) >= Time(h.Until)) is { } wrong)
            throw Refusal.Invalid(field, $"{wrong.Day} from {wrong.From} until {wrong.Until} is no part of a day; one is from 09:00 until 17:30.");
        return [.. hours.OrderBy(h => h.Day).ThenBy(h => h.From, StringComparer.Ordinal)];
    }

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", out var time) ? time : null;
}
