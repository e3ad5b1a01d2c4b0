using System.Globalization;
using System.Text;

namespace CrmPlatform.Journal.Search;

/// <summary>
/// Text as it is searched: small letters without accents, one space between words. What has no words of its own – Chinese, Japanese, Korean,
/// emoji – becomes a word for each character, spelt in ASCII, so that an index of letters finds it in any locale.
/// </summary>
public static class Folding
{
    /// <summary>The folded text, without spaces around it.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
                Append(folded, rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune); // full width
        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether a word stands for one character and has nothing but its code point to be looked for.</summary>
    public static bool IsCharacter(string word) => word.Length >= 5 && word[0] == 'u' && word.Skip(1).All(char.IsAsciiHexDigitLower);

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.Value < 0x80)
            folded.Append(rune.Value > ' ' && rune.Value != 0x7F ? char.ToLowerInvariant((char)rune.Value) : ' ');
        else if (Sign(rune) is { } sign)
            folded.Append(sign);
        else if (Accents.Bare(Rune.ToLowerInvariant(rune)) is { } letters)
            folded.Append(letters);
        else if (IsAlone(rune))
            folded.Append(' ').Append('u').Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture)).Append(' ');
        else if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            folded.Append(Rune.ToLowerInvariant(rune));
        else
            folded.Append(' ');
    }

    private static char? Sign(Rune rune) => rune.Value switch
    {
        0x130 => 'i',
        0x2018 or 0x2019 or 0x2BC => '\'',
        >= 0x2010 and <= 0x2014 => '-',
        _ => null,
    };

    private static bool IsAlone(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned;
}
