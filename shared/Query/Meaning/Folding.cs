using System.Text;

namespace CrmPlatform.Query.Meaning;

/// <summary>
/// Small letters, the same here and in PostgreSQL: <c>lower(x collate "C.utf8")</c>, letter by letter, without a language. Measured over
/// all of Unicode (PostgreSQL 15, glibc 2.36): 1,432 letters fold the same, those named below are brought into line. A test measures again.
/// </summary>
internal static class Folding
{
    /// <summary>The SQL; an index on exactly this serves patterns that begin with letters.</summary>
    public static string Sql(string text) => $"lower({text} collate \"C.utf8\")";

    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            folded.Append(new Rune(Fold(rune)));
        return folded.ToString();
    }

    public static string Raise(string text)
    {
        var raised = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            raised.Append(rune.Value switch
            {
                0x131 => new Rune('I'),
                0x17F => new Rune('S'),
                0x19B or 0x264 or 0x1C8A or 0xA7CD or 0xA7DB or (>= 0x10D70 and <= 0x10D85) => rune,
                _ => Rune.ToUpperInvariant(rune),
            });
        return raised.ToString();
    }

    public static int[] Runes(string text)
    {
        var folded = new int[text.Length];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
            folded[count++] = Fold(rune);
        return folded[..count];
    }

    private static int Fold(Rune rune) => rune.Value switch
    {
        < 0x80 => rune.Value is >= 'A' and <= 'Z' ? rune.Value | 0x20 : rune.Value,
        0x130 => 'i', // İ: the invariant culture leaves it alone
        0x1C89 or 0xA7CB or 0xA7CC or 0xA7DA or 0xA7DC or (>= 0x10D50 and <= 0x10D65) => rune.Value, // Unicode 16, which glibc learns later
        _ => Rune.ToLowerInvariant(rune).Value,
    };

    /// <summary>Order by code point, as <c>collate "C"</c> has it; UTF-16 would put emoji before some letters.</summary>
    public static int Compare(string left, string right)
    {
        var shared = left.AsSpan().CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[shared], right[shared]);
        // Surrogates stand for code points above all others.
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? char.IsSurrogate(a) ? 1 : -1 : a.CompareTo(b);
    }

    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
