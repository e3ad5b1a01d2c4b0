using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmPlatform.Records.Files;

/// <summary>How a workbook shows its numbers: a day is a number that is shown as one.</summary>
internal sealed partial class NumberFormats
{
    private const int MostStyles = 100_000;

    private enum Shows
    {
        Number,
        Day,
        Time,
        DayAndTime,
    }

    private readonly List<Shows> styles = [];
    private bool since1904;

    /// <summary>Reads them.</summary>
    public static async Task<NumberFormats> Read(Workbook book, string part, bool since1904)
    {
        var (formats, own, inCells) = (new NumberFormats { since1904 = since1904 }, new Dictionary<int, Shows>(), false);
        using var xml = await book.Xml(part);
        while (await xml.NextElement() is { } element)
            if (element is "cellStyleXfs" or "cellXfs" or "cellStyles" or "dxfs")
                inCells = element == "cellXfs";
            else if (element == "numFmt" && xml.Number("numFmtId") is { } id && xml.GetAttribute("formatCode") is { } code)
                own[id] = Of(code);
            else if (element == "xf" && inCells)
            {
                var number = xml.Number("numFmtId") ?? 0;
                formats.styles.Add(own.TryGetValue(number, out var shows) ? shows : BuiltIn(number));
            }
            else if (formats.styles.Count + own.Count > MostStyles)
                throw new InvalidDataException("There are too many styles.");
        return formats;
    }

    /// <summary>A number as it is meant: a day or a time as ISO says it, everything else as the number.</summary>
    public string Read(string number, int? style)
    {
        var shows = style is { } s && s >= 0 && s < styles.Count ? styles[s] : Shows.Number;
        if (shows == Shows.Number || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial))
            return Exact(number);
        if (shows == Shows.Time && serial is >= 0 and < 1)
            return TimeSpan.FromSeconds(Math.Min(Math.Round(serial * 86_400), 86_399)).ToString("c", CultureInfo.InvariantCulture);
        var days = since1904 ? serial + 1462 : serial;
        if (days is not (>= 0 and < 2_958_466))
            return Exact(number);
        // There was no 29 February 1900, but the first spreadsheet had it, and all others count it still.
        var at = new DateTime(1899, 12, 30).AddSeconds(Math.Round((days < 60 && !since1904 ? days + 1 : days) * 86_400));
        return at.ToString(shows == Shows.Day ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    // Programs that keep binary numbers write 1.1 as 1.1000000000000001: what has more digits than they keep is what it is nearest to.
    private static string Exact(string number)
    {
        if (number.Count(char.IsAsciiDigit) <= 15 && number.AsSpan().IndexOfAny('e', 'E') < 0
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return number;
        return Math.Abs(value) is >= 1e-20 and < 1e28
            ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static Shows BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or >= 27 and <= 31 or >= 34 and <= 36 or >= 50 and <= 58 => Shows.Day,
        >= 18 and <= 21 or 32 or 33 or >= 45 and <= 47 => Shows.Time,
        22 => Shows.DayAndTime,
        _ => Shows.Number,
    };

    // Colours, conditions and quoted words say nothing of it; an m beside days or years is a month, beside hours or seconds a minute.
    private static Shows Of(string code)
    {
        var bare = Said().Replace(code.Split(';')[0], "").ToLowerInvariant();
        var (day, time) = (bare.AsSpan().IndexOfAny('y', 'd') >= 0, bare.AsSpan().IndexOfAny('h', 's') >= 0);
        return (day || !time && bare.Contains('m', StringComparison.Ordinal), time) switch
        {
            (true, true) => Shows.DayAndTime,
            (true, false) => Shows.Day,
            (false, true) => Shows.Time,
            _ => Shows.Number,
        };
    }

    [GeneratedRegex("""\[[^\]]*\]|"[^"]*"|\\.|_.|\*.|General|AM/PM""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
