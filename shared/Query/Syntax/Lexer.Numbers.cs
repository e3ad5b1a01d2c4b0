using System.Globalization;

namespace CrmPlatform.Query.Syntax;

/// <summary>What begins with a digit: numbers, lengths of time, days, moments.</summary>
internal sealed partial class Lexer
{
    private const string DateForm = "yyyy-MM-dd";
    private static readonly string[] InstantForms =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];

    private Token Number()
    {
        var end = Run(at, char.IsAsciiDigit);
        if (end - at == 4 && end + 1 < text.Length && text[end] == '-' && char.IsAsciiDigit(text[end + 1]))
            return DateOrInstant(end);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            end = Run(end + 1, char.IsAsciiDigit);
        else if (Run(end, Words.IsPart) is var unitEnd && unitEnd > end)
            return DurationUntil(end, unitEnd);
        var digits = text[at..end];
        if (digits.TrimStart('0').Count(char.IsAsciiDigit) > 28)
            throw Wrong(at, end - at, "A number has at most 28 digits.");
        if (end < text.Length && Words.IsPart(text[end]))
            throw Wrong(at, Run(end, Words.IsPart) - at, "A number ends before letters; only whole counts have a unit, as in `30d`.");
        return Cut(TokenKind.Value, end, decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    private Token DurationUntil(int end, int unitEnd)
    {
        var unit = text[end..unitEnd].ToLowerInvariant();
        if (!Duration.Units.Contains(unit))
            throw Wrong(at, unitEnd - at, $"`{text[end..unitEnd]}` is no unit of time: expected {string.Join(", ", Duration.Units)}");
        if (!int.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 100_000)
            throw Wrong(at, unitEnd - at, "A length of time counts to 100000 at most.");
        return Cut(TokenKind.Value, unitEnd, new Duration(count, unit));
    }

    private Token DateOrInstant(int yearEnd)
    {
        var end = Run(yearEnd, c => char.IsAsciiDigit(c) || c == '-');
        if (end < text.Length && text[end] is 'T' or 't')
        {
            end = Run(end, c => char.IsAsciiDigit(c) || c is 'T' or 't' or 'Z' or 'z' or ':' or '.');
            if (end < text.Length && text[end] is '+' or '-')
                end = Run(end + 1, c => char.IsAsciiDigit(c) || c == ':');
            var said = text[at..end].ToUpperInvariant();
            var zoned = said[^1] == 'Z' || said.AsSpan(11).IndexOfAny('+', '-') >= 0;
            return zoned
                && DateTimeOffset.TryParseExact(said, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                && instant.UtcDateTime is { Year: >= 1000 and <= 9998 }
                ? Cut(TokenKind.Value, end, instant.ToUniversalTime())
                : throw Wrong(at, end - at, $"`{text[at..end]}` is no moment: expected a form like 2026-01-31T10:00:00Z or …+02:00");
        }
        return DateOnly.TryParseExact(text.AsSpan(at, end - at), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1000 and <= 9998
            ? Cut(TokenKind.Value, end, date)
            : throw Wrong(at, end - at, $"`{text[at..end]}` is no day: expected a form like 2026-01-31");
    }
}
