using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Leads.Leads;
using CrmPlatform.Records;
using CrmPlatform.Records.Calendars;

namespace CrmPlatform.Leads.Assignment;

/// <summary>What happens when nobody has been in touch in time.</summary>
public enum Escalation
{
    /// <summary>It is told.</summary>
    Notify,

    /// <summary>It is told, and the lead is given to somebody else.</summary>
    Reassign,
}

/// <summary>Until when somebody is to be in touch with leads that are like this. Targets are asked in order; the first decides.</summary>
[PartOfModel]
public sealed record ResponseTarget : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(100), Searched]
    public string Name { get; init; } = "";

    /// <summary>Its place among the targets; the least is asked first.</summary>
    [Range(0, 10_000)]
    public int Position { get; init; }

    /// <summary>Which leads it is for, in the filter language; all where none is said.</summary>
    [Kind(FieldKind.LongText), StringLength(5000)]
    public string? Condition { get; init; }

    /// <summary>Within how many minutes of working time.</summary>
    [Range(1, 100_000)]
    public int Minutes { get; init; } = 60;

    /// <summary>When work is done; around the clock where nothing is said.</summary>
    [MaxItems(50), Label("Working hours")]
    public IReadOnlyList<WorkingHours> WorkingHours { get; init; } = [];

    /// <summary>Where the clock of these hours is: <c>Europe/Berlin</c>; UTC where nothing is said.</summary>
    [ZoneName]
    public string? TimeZone { get; init; }

    /// <summary>Days on which no work is done: <c>2026-12-25</c>.</summary>
    [MaxItems(400), ItemLength(10)]
    public string[] Holidays { get; init; } = [];

    /// <summary>What happens when nobody has been in touch in time.</summary>
    public Escalation Escalation { get; init; }

    /// <summary>Whether it is not used.</summary>
    public bool Inactive { get; init; }

    /// <summary>The rule: it can be understood.</summary>
    public static async ValueTask<ResponseTarget> Rule(Session session, ResponseTarget? before, ResponseTarget after)
    {
        if (after.Holidays.FirstOrDefault(h => Day(h) is null) is { } wrong)
            throw Refusal.Invalid("holidays", $"{wrong} is no day; one looks like 2026-12-25.");
        return after with
        {
            Condition = await Conditions.Checked<Lead>(session, "condition", after.Condition),
            WorkingHours = Records.Calendars.WorkingHours.Checked("workingHours", after.WorkingHours),
        };
    }

    /// <summary>When somebody is to be in touch who could be from a moment on; never where no work is done.</summary>
    public DateTimeOffset? DueFrom(DateTimeOffset from)
    {
        var zone = TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
        return new WorkingCalendar(WorkingHours, zone, Holidays.Select(Day).OfType<DateOnly>().ToHashSet()).After(from, TimeSpan.FromMinutes(Minutes));
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
