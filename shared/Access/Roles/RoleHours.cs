using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CrmPlatform.Access.Roles;

/// <summary>Hours of the week in which a role counts. Hours that end before they begin end on the next day.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RoleHours
{
    private const string Time = @"([01]\d|2[0-3]):[0-5]\d|24:00";

    /// <summary>The days on which they begin: <c>monday</c>.</summary>
    [Required]
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>When they begin: <c>08:00</c>.</summary>
    [Required, RegularExpression(Time, ErrorMessage = "A time looks like 08:00.")]
    public string From { get; init; } = "00:00";

    /// <summary>When they end: <c>18:30</c>; <c>24:00</c> is the end of the day.</summary>
    [Required, RegularExpression(Time, ErrorMessage = "A time looks like 18:30.")]
    public string To { get; init; } = "24:00";

    /// <summary>The time zone they are of: <c>Europe/Berlin</c>.</summary>
    [Required]
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether a moment is within them. Those of a zone that nobody knows are never.</summary>
    public bool Include(DateTimeOffset at)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) || Minutes(From) is not { } from || Minutes(To) is not { } to)
            return false;
        var there = TimeZoneInfo.ConvertTime(at, zone);
        var (day, now) = (there.DayOfWeek, (there.Hour * 60) + there.Minute);
        var dayBefore = (DayOfWeek)(((int)day + 6) % 7);
        return from < to ? Days.Contains(day) && now >= from && now < to
            : Days.Contains(day) && now >= from || Days.Contains(dayBefore) && now < to;
    }

    private static int? Minutes(string time) => time.Length == 5
        && int.TryParse(time.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
        && int.TryParse(time.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? (hours * 60) + minutes : null;
}
