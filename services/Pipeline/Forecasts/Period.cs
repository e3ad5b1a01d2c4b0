using System.Globalization;
using System.Text.RegularExpressions;
using CrmPlatform.Journal;

namespace CrmPlatform.Pipeline.Forecasts;

/// <summary>A month (<c>2026-07</c>) or a quarter (<c>2026-Q3</c>) of the company's year.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
public sealed partial record Period(string Name, DateOnly From, DateOnly To)
{
    /// <summary>What a name looks like.</summary>
    public const string Form = "[12][0-9]{3}-(Q[1-4]|0[1-9]|1[0-2])";

    /// <summary>Reads a name. A quarter is counted from the month the year begins with, in the year it begins in.</summary>
    public static Period Read(string? name, int yearBegins)
    {
        if (name is null || !Names.IsMatch(name))
            throw Refusal.Invalid("period", "A period is a month like 2026-07 or a quarter like 2026-Q3.");
        var (year, isQuarter) = (int.Parse(name[..4], CultureInfo.InvariantCulture), name[5] == 'Q');
        var from = isQuarter
            ? new DateOnly(year, 1, 1).AddMonths(yearBegins - 1 + 3 * (name[6] - '1'))
            : new DateOnly(year, int.Parse(name[5..], CultureInfo.InvariantCulture), 1);
        return new Period(name, from, from.AddMonths(isQuarter ? 3 : 1).AddDays(-1));
    }

    /// <summary>The month and the quarter that a day is in.</summary>
    public static IEnumerable<Period> Of(DateOnly day, int yearBegins)
    {
        yield return Read(day.ToString("yyyy-MM", CultureInfo.InvariantCulture), yearBegins);
        var year = day.Month >= yearBegins ? day.Year : day.Year - 1;
        yield return Read($"{year}-Q{(day.Month - yearBegins + 12) % 12 / 3 + 1}", yearBegins);
    }

    [GeneratedRegex($"^{Form}$", RegexOptions.CultureInvariant)]
    private static partial Regex Names { get; }
}
