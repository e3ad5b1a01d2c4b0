using System.Text;

namespace CrmPlatform.Graph.Language;

/// <summary>What strings mean: their escapes, and how block strings lose the indent that only the layout of a document gives them.</summary>
internal static class Escapes
{
    /// <summary>The length of an escape and the character it stands for, in one or two code units; 0 where it is none.</summary>
    public static int Read(ReadOnlySpan<char> text, int at, out char first, out char second)
    {
        second = '\0';
        first = (at + 1 < text.Length ? text[at + 1] : '\0') switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        return first != '\0' ? 2
            : at + 2 >= text.Length || text[at + 1] != 'u' ? 0
            : text[at + 2] == '{' ? Braced(text, at, ref first, ref second) : Fixed(text, at, ref first, ref second);
    }

    /// <summary>What a string token says.</summary>
    public static string Value(ReadOnlySpan<char> token, bool block)
    {
        var inside = block ? token[3..^3] : token[1..^1];
        if (block)
            return Block(inside);
        if (inside.IndexOf('\\') < 0)
            return inside.ToString();
        var value = new StringBuilder(inside.Length);
        for (var at = 0; at < inside.Length;)
            if (inside[at] == '\\')
            {
                at += Read(inside, at, out var first, out var second);
                value.Append(first);
                if (second != '\0')
                    value.Append(second);
            }
            else
                value.Append(inside[at++]);
        return value.ToString();
    }

    // \u{1F600}: five to eleven characters, a scalar value.
    private static int Braced(ReadOnlySpan<char> text, int at, ref char first, ref char second)
    {
        var point = 0;
        for (var size = 3; size < 12 && at + size < text.Length; size++)
        {
            if (text[at + size] == '}')
                return size > 3 && Rune.TryCreate(point, out var rune) ? Halves(rune, size + 1, ref first, ref second) : 0;
            if (Hex(text[at + size]) is var digit && (digit < 0 || point > 0x10FFFF))
                return 0;
            point = (point << 4) | digit;
        }
        return 0;
    }

    private static int Halves(Rune rune, int size, ref char first, ref char second)
    {
        Span<char> halves = stackalloc char[2];
        if (rune.EncodeToUtf16(halves) == 2)
            second = halves[1];
        first = halves[0];
        return size;
    }

    // \u00e4, or \ud83d\ude00: a pair must be whole.
    private static int Fixed(ReadOnlySpan<char> text, int at, ref char first, ref char second)
    {
        var code = Hex4(text, at + 2);
        if (code < 0)
            return 0;
        first = (char)code;
        if (!char.IsSurrogate(first))
            return 6;
        if (!char.IsHighSurrogate(first) || at + 7 >= text.Length || text[at + 6] != '\\' || text[at + 7] != 'u')
            return 0;
        var low = Hex4(text, at + 8);
        second = (char)Math.Max(low, 0);
        return low >= 0 && char.IsLowSurrogate(second) ? 12 : 0;
    }

    private static int Hex4(ReadOnlySpan<char> text, int at)
    {
        var code = 0;
        for (var i = at; i < at + 4; i++)
            code = i < text.Length && code >= 0 && Hex(text[i]) is var digit and >= 0 ? (code << 4) | digit : -1;
        return code;
    }

    private static int Hex(char c) => char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : -1;

    private static string Block(ReadOnlySpan<char> inside)
    {
        var lines = inside.ToString().Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var (common, first, last) = (int.MaxValue, -1, -1);
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].AsSpan().IndexOfAnyExcept(' ', '\t');
            if (indent < 0)
                continue; // an empty line has no indent
            first = first < 0 ? i : first;
            last = i;
            if (i > 0)
                common = Math.Min(common, indent);
        }
        if (first < 0)
            return "";
        for (var i = 1; i < lines.Length; i++)
            lines[i] = common < lines[i].Length ? lines[i][common..] : "";
        return string.Join('\n', lines[first..(last + 1)]);
    }
}
