using System.Globalization;
using System.Text;

namespace CrmPlatform.Query.Syntax;

/// <summary>Cuts the text into tokens, one at a time, in one pass.</summary>
internal sealed class Lexer(string text)
{
    private const string DateForm = "yyyy-MM-dd";
    private static readonly string[] InstantForms =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];

    private int at;

    public Token Next()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
        if (at >= text.Length)
            return new(TokenKind.End, new(text.Length, 0), "");
        var c = text[at];
        if (c is '"' or '\'')
            return Quoted(c);
        if (c == '`')
            return QuotedName();
        if (char.IsAsciiDigit(c))
            return Number();
        return Words.IsStart(c) ? Cut(TokenKind.Name, Run(at, Words.IsPart)) : Symbol();
    }

    private Token Symbol()
    {
        var two = at + 2 <= text.Length ? text.Substring(at, 2) : "";
        if (two == "==")
            throw Wrong(at, 2, "Equality is written `=`.");
        if (two is "!=" or "<=" or ">=" or "!~")
            return Cut(TokenKind.Symbol, at + 2);
        if ("()=<>~,.+-*/%&".Contains(text[at], StringComparison.Ordinal))
            return Cut(TokenKind.Symbol, at + 1);
        var rune = Rune.TryGetRuneAt(text, at, out var whole) ? whole.ToString() : "\uFFFD";
        throw Wrong(at, rune.Length, $"`{rune}` means nothing here.");
    }

    private Token Quoted(char quote)
    {
        var value = new StringBuilder();
        var i = at + 1;
        for (; i < text.Length && text[i] != quote; i++)
        {
            if (text[i] != '\\')
                value.Append(text[i]);
            else if (++i == text.Length)
                break;
            else
                value.Append(text[i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '"' or '\'' or '\\' => text[i],
                    // A pattern needs its own backslashes: \* and \? pass through as they are.
                    '*' or '?' when value.Append('\\') is not null => text[i],
                    _ => throw Wrong(i - 1, 2, $"`\\{text[i]}` is no escape; a backslash itself is written `\\\\`."),
                });
        }
        if (i >= text.Length)
            throw Wrong(at, text.Length - at, $"The text that begins here has no closing {quote}");
        return Cut(TokenKind.Value, i + 1, Storable(value.ToString()));
    }

    // A database holds no NUL and no half of a surrogate pair: no text could equal one.
    private string Storable(string value)
    {
        for (var i = 0; i < value.Length; i++)
            if (value[i] == '\0' || char.IsSurrogate(value[i]) && !(char.IsSurrogatePair(value, i) && ++i > 0))
                throw Wrong(at, 1, "The text that begins here holds a character that no text can have.");
        return value;
    }

    private Token QuotedName()
    {
        var end = text.IndexOf('`', at + 1);
        if (end <= at + 1)
            throw Wrong(at, 1, end < 0 ? "The name that begins here has no closing `" : "A name needs at least one character.");
        var name = Storable(text[(at + 1)..end]);
        return Cut(TokenKind.QuotedName, end + 1) with { Text = name };
    }

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

    private int Run(int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
            from++;
        return from;
    }

    private Token Cut(TokenKind kind, int end, object? value = null)
    {
        var token = new Token(kind, new(at, end - at), text[at..end], value);
        at = end;
        return token;
    }

    private static QueryException Wrong(int offset, int length, string message) => new(QueryFault.Syntax, new(offset, length), message);
}
